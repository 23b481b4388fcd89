// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/clocks.h"

#include <QBoxLayout>
#include <QPainter>

#include "profile/words.h"
#include "ui/drawing.h"
#include "ui/labels.h"
#include "ui/rowtext.h"

namespace keytender::ui {

QColor lifeColour(const profile::Condition &condition, const Tones &tones)
{
    using profile::Reason;
    const bool isElsewhere = condition.reason == Reason::SignInEndsSoon || condition.reason == Reason::RotationDue;
    const bool onlyClashes = condition.hasClash && condition.severity <= profile::Severity::Due;
    if (isElsewhere || onlyClashes)
        return tones.well;
    const bool isResting = condition.health == profile::Health::Paused && condition.severity == profile::Severity::Well;
    return isResting ? tones.muted : tones.of(condition.severity);
}

class Clocks::Bar final : public QWidget {
public:
    explicit Bar(QWidget *parent) : QWidget(parent) { setFixedHeight(3 * Measures(font()).unit); }

    void show(const profile::Condition &condition)
    {
        m_condition = condition;
        setVisible(condition.elapsed.has_value());
        update();
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        const Tones tones = tonesOf(palette());
        const int unit = Measures(font()).unit;
        QPainter painter(this);
        paintLifeBar(painter, rect().adjusted(0, unit, 0, -unit), tones,
                     {.elapsed = m_condition.elapsed.value_or(0),
                      .renewalShare = m_condition.renewalShare,
                      .colour = lifeColour(m_condition, tones),
                      .isMirrored = layoutDirection() == Qt::RightToLeft});
    }

private:
    profile::Condition m_condition;
};

Clocks::Clocks(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(Measures(font()).unit);
    m_headline = new TextLabel({}, TextRole::Strong, this);
    m_bar = new Bar(this);
    m_exact = new TextLabel({}, TextRole::Muted, this);
    m_signIn = new TextLabel({}, TextRole::Strong, this);
    m_signInExact = new TextLabel({}, TextRole::Muted, this);
    layout->addWidget(m_headline);
    layout->addWidget(m_bar);
    layout->addWidget(m_exact);
    layout->addSpacing(2 * Measures(font()).unit);
    layout->addWidget(m_signIn);
    layout->addWidget(m_signInExact);
}

void Clocks::show(const service::Row &row, base::Timestamp now)
{
    const profile::Condition &condition = row.condition;
    const auto sentenceCase = [](QString text) {
        if (!text.isEmpty())
            text[0] = text.at(0).toUpper();
        return text;
    };
    m_headline->say(sentenceCase(profile::headline(row.profile, condition, now)));
    m_bar->show(condition);
    QStringList exact;
    if (condition.dueAt)
        exact += tr("Renewal due: %1").arg(exactTime(*condition.dueAt));
    if (condition.expiresAt)
        exact += tr("Access token ends: %1").arg(exactTime(*condition.expiresAt));
    m_exact->say(exact.join(u'\n'));
    m_exact->setVisible(!exact.isEmpty());
    m_signIn->say(sentenceCase(profile::signInEnd(condition, now)));
    m_signIn->setVisible(!m_signIn->text().isEmpty());
    m_signInExact->setVisible(condition.signInEndsAt.has_value());
    if (condition.signInEndsAt)
        m_signInExact->say(exactTime(*condition.signInEndsAt));
}

} // namespace keytender::ui

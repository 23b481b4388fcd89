// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/accountssection.h"

#include <utility>

#include <QBoxLayout>
#include <QEvent>
#include <QToolButton>

#include "ui/drawing.h"
#include "ui/glyphsign.h"
#include "ui/icons.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

using service::AccountGroup;

namespace {

// Stands where the sign of the one in use does.
QWidget *emptySign()
{
    auto *sign = new QWidget;
    sign->setFixedSize(GlyphSign(Glyph::Tick, profile::Severity::Well).sizeHint());
    return sign;
}

// An arrow that follows the palette.
class Mover final : public QToolButton {
public:
    explicit Mover(Glyph glyph) : m_glyph(glyph)
    {
        setAutoRaise(true);
        dress();
    }

protected:
    void changeEvent(QEvent *event) override
    {
        QToolButton::changeEvent(event);
        if (event->type() == QEvent::PaletteChange || event->type() == QEvent::EnabledChange)
            dress();
    }

private:
    void dress()
    {
        const Tones tones = activeTones(palette());
        setIcon(glyphIcon(m_glyph, isEnabled() ? tones.text : tones.line));
    }

    Glyph m_glyph;
};

} // namespace

AccountsSection::AccountsSection(service::Neighbours &neighbours, const AccountGroup &group, const SectionWord &word)
    : m_neighbours(neighbours), m_group(group)
{
    if (group.accounts.size() < 2)
        return;
    for (std::size_t i = 0; i < group.accounts.size(); ++i)
        addAccount(i);
    if (word.text.isEmpty() && !group.notice.isEmpty()) {
        addGap(2);
        say(group.notice, TextRole::Muted);
    }
    sayWord(word);
}

void AccountsSection::addAccount(std::size_t index)
{
    const AccountGroup::Account &account = m_group.accounts.at(index);
    if (index > 0)
        addGap(2);
    body().addWidget(firstLine(index));
    auto *below = new QVBoxLayout;
    const int lead = GlyphSign(Glyph::Tick, profile::Severity::Well).sizeHint().width() + 2 * unit();
    below->setContentsMargins(mirrored({lead, 0, 0, 0}, layoutDirection()));
    below->setSpacing(unit());
    body().addLayout(below);
    if (account.isInUse) {
        below->addWidget(new TextLabel(tr("in use in %1").arg(m_group.toolName), TextRole::Muted));
        return;
    }
    if (!account.whyNot.isEmpty()) {
        below->addWidget(new TextLabel(account.whyNot, TextRole::Muted));
        return;
    }
    auto *line = new WrapLayout(2 * unit(), WrapLayout::Side::Start);
    below->addLayout(line);
    Button *use =
        addButton(*line, tr("Use in %1 now").arg(m_group.toolName), QStringLiteral("use.") + account.profileId);
    use->setAccessibleDescription(account.label + QStringLiteral(". ") + m_group.notice);
    connect(use, &QPushButton::clicked, this, [this, account] { this->use(account); });
}

QWidget *AccountsSection::firstLine(std::size_t index)
{
    const AccountGroup::Account &account = m_group.accounts.at(index);
    auto *line = new QWidget;
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins({});
    layout->setSpacing(2 * unit());
    layout->addWidget(account.isInUse ? new GlyphSign(Glyph::Tick, profile::Severity::Well) : emptySign());
    layout->addWidget(new TextLabel(account.label, TextRole::Plain), 1);
    auto *movers = new QHBoxLayout;
    movers->setSpacing(0);
    movers->addWidget(mover(index, -1));
    movers->addWidget(mover(index, 1));
    layout->addLayout(movers);
    return line;
}

QToolButton *AccountsSection::mover(std::size_t index, int by)
{
    const AccountGroup::Account &account = m_group.accounts.at(index);
    const bool isUp = by < 0;
    auto *button = new Mover(isUp ? Glyph::Up : Glyph::Down);
    button->setObjectName((isUp ? QStringLiteral("up.") : QStringLiteral("down.")) + account.profileId);
    button->setToolTip(isUp ? tr("Move up") : tr("Move down"));
    button->setAccessibleName((isUp ? tr("Move %1 up") : tr("Move %1 down")).arg(account.label));
    button->setEnabled(isUp ? index > 0 : index + 1 < m_group.accounts.size());
    connect(button, &QToolButton::clicked, this, [this, index, by] { move(index, by); });
    return button;
}

void AccountsSection::move(std::size_t index, int by)
{
    QStringList ids;
    for (const AccountGroup::Account &account : m_group.accounts)
        ids += account.profileId;
    ids.swapItemsAt(static_cast<qsizetype>(index), static_cast<qsizetype>(index) + by);
    if (const auto ordered = m_neighbours.orderAccounts(ids); !ordered)
        Q_EMIT told(
            {.about = SectionWord::About::Accounts, .text = base::describe(ordered.error()), .isProblem = true});
}

void AccountsSection::use(const AccountGroup::Account &account)
{
    // The words of before: what is said afterwards may have no notice any more.
    const QString done = tr("%1 uses %2 now.").arg(m_group.toolName, account.label) + u' ' + m_group.notice;
    const auto used = m_neighbours.useAccount(account.profileId, m_group.profileId);
    Q_EMIT told({.about = SectionWord::About::Accounts,
                 .text = used ? done.trimmed() : base::describe(used.error()),
                 .isProblem = !used});
}

} // namespace keytender::ui

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/consentlistpage.h"

#include <algorithm>

#include <QBoxLayout>

#include "service/programs/consentrules.h"
#include "ui/card.h"
#include "ui/consentwords.h"
#include "ui/problemline.h"
#include "ui/rowtext.h"

namespace keytender::ui {

using service::ConsentRule;

namespace {

const QString everyProgram = QStringLiteral("*");

QString nameOf(const ConsentRule &rule)
{
    return rule.program == everyProgram ? ConsentListPage::tr("Every program") : shortName(rule.program);
}

} // namespace

ConsentListPage::ConsentListPage(const base::Clock &clock, LabelOf labelOf, QWidget *parent)
    : Page(tr("Programs and your logins"), parent), m_clock(clock), m_labelOf(std::move(labelOf))
{
    m_introduction = addText({}, TextRole::Plain);
    m_problem = new ProblemLine;
    body().addWidget(m_problem);
    m_list = new QVBoxLayout;
    m_list->setSpacing(0);
    body().addLayout(m_list);
    body().addStretch(1);
    connect(addButton(tr("Close"), Button::Rank::Primary), &QPushButton::clicked, this, &ConsentListPage::left);
}

void ConsentListPage::show(const std::vector<ConsentRule> &rules)
{
    const int focused = focusedRule();
    clear(*m_list);
    m_revokes.clear();
    m_introduction->say(
        rules.empty() ? tr("No program has been allowed or refused a login yet. The first time one asks for a token, "
                           "Keytender asks you.")
                      : tr("What you revoke ends at once. A token that a program has already got stays valid until it "
                           "runs out."));
    QString profile;
    for (const ConsentRule &rule : rules) {
        m_list->addSpacing((rule.profileId == profile ? 2 : 4) * unit());
        if (rule.profileId != profile) {
            profile = rule.profileId;
            m_list->addWidget(new TextLabel(shortened(service::legible(m_labelOf(profile)), 80), TextRole::Strong));
            m_list->addSpacing(unit());
        }
        addRule(rule);
    }
    if (focused < 0)
        return;
    // What stands now where one was revoked, so that the keyboard goes on from there.
    QWidget *next = primary();
    if (!m_revokes.empty())
        next = m_revokes[std::min(static_cast<std::size_t>(focused), m_revokes.size() - 1)];
    next->setFocus(Qt::OtherFocusReason);
}

void ConsentListPage::addRule(const ConsentRule &rule)
{
    auto *card = new Card;
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new TextLabel(nameOf(rule), TextRole::Plain));
    if (rule.program != everyProgram) {
        auto *path = new TextLabel(shortPathOf(rule.program), TextRole::Path);
        path->setToolTip(service::legible(rule.program));
        words->addWidget(path);
    }
    words->addWidget(new TextLabel(describe(rule), TextRole::Muted));
    auto *line = new QHBoxLayout;
    line->setSpacing(3 * unit());
    line->addLayout(words, 1);
    if (!rule.isFromSettings) {
        auto *revoke = new Button(rule.isAllowed ? tr("Revoke") : tr("Ask again"), Button::Rank::Plain);
        revoke->setAccessibleDescription(nameOf(rule) + QStringLiteral(", ") + m_labelOf(rule.profileId));
        connect(revoke, &QPushButton::clicked, this, [this, rule] { Q_EMIT revokeRequested(rule); });
        line->addWidget(revoke, 0, Qt::AlignTop);
        m_revokes.push_back(revoke);
    }
    card->body().addLayout(line);
    m_list->addWidget(card);
}

QString ConsentListPage::describe(const ConsentRule &rule) const
{
    const base::Timestamp now = m_clock.wallTime();
    const QString standing = standingOf(rule, now);
    if (!rule.isAllowed || !rule.lastUsedAt)
        return standing;
    return tr("%1 · used %2").arg(standing, ago(*rule.lastUsedAt, now));
}

int ConsentListPage::focusedRule() const
{
    const auto found = std::ranges::find_if(m_revokes, [](const Button *button) { return button->hasFocus(); });
    return found == m_revokes.end() ? -1 : static_cast<int>(found - m_revokes.begin());
}

void ConsentListPage::setProblem(const QString &text)
{
    m_problem->say(text);
    if (!text.isEmpty())
        reveal(*m_problem);
}

} // namespace keytender::ui

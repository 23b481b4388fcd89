// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/keypage.h"

#include <array>

#include <QBoxLayout>
#include <QButtonGroup>
#include <QCompleter>
#include <QDateTime>

#include "ui/choice.h"
#include "ui/field.h"
#include "ui/glyphsign.h"
#include "ui/pickers.h"
#include "ui/secretfield.h"

namespace keytender::ui {

using profile::CredentialKind;

namespace {

struct Kind {
    CredentialKind kind;
    bool isSetupToken;
    const char *name;
    const char *description;
};

constexpr std::array<Kind, 3> kinds{{
    {CredentialKind::ApiKey, false, QT_TRANSLATE_NOOP("keytender::ui::KeyPage", "API key"),
     QT_TRANSLATE_NOOP("keytender::ui::KeyPage", "from a provider's console")},
    {CredentialKind::Token, true, QT_TRANSLATE_NOOP("keytender::ui::KeyPage", "Setup token"),
     QT_TRANSLATE_NOOP("keytender::ui::KeyPage", "printed by a tool for machines without a browser")},
    {CredentialKind::Token, false, QT_TRANSLATE_NOOP("keytender::ui::KeyPage", "Access token for Git"),
     QT_TRANSLATE_NOOP("keytender::ui::KeyPage", "in place of a password at GitHub, GitLab and their like")},
}};

base::Timestamp timestampOf(const QDateTime &time)
{
    return base::Timestamp(base::Milliseconds(time.toMSecsSinceEpoch()));
}

} // namespace

KeyPage::KeyPage(const base::Clock &clock, QWidget *parent) : Page(tr("Add a key or token"), parent), m_clock(clock)
{
    addKinds();
    m_provider = new ListPicker;
    m_provider->lineEdit()->setPlaceholderText(tr("from the list, or any other by its address"));
    m_provider->completer()->setCompletionMode(QCompleter::PopupCompletion);
    addField(tr("Provider"), *m_provider);
    m_label = new Field;
    m_label->setPlaceholderText(tr("such as “CI key”"));
    addField(tr("Name for it, if you like"), *m_label);
    addSecret();
    addDates();
    m_problem = new TextLabel({}, TextRole::Plain);
    m_wrong = beside(new GlyphSign(Glyph::Triangle, profile::Severity::ActNow), m_problem);
    m_wrong->setContentsMargins(0, 3 * unit(), 0, 0);
    body().addWidget(m_wrong);
    body().addStretch(1);
    Button *cancel = addButton(tr("Cancel"), Button::Rank::Plain);
    Button *keep = addButton(tr("Keep it"), Button::Rank::Primary);
    connect(cancel, &QPushButton::clicked, this, &KeyPage::cancelled);
    connect(keep, &QPushButton::clicked, this, &KeyPage::confirmed);
    connect(m_provider, &QComboBox::currentTextChanged, this, &KeyPage::follow);
    connect(m_secret, &SecretField::changed, this, &KeyPage::follow);
    setProblem({});
    follow();
}

void KeyPage::addKinds()
{
    m_kinds = new QButtonGroup(this);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        auto *choice = new Choice(Choice::Kind::Radio, tr(kinds[i].name), tr(kinds[i].description));
        m_kinds->addButton(choice, int(i));
        body().addWidget(choice);
    }
    m_kinds->button(0)->setChecked(true);
}

void KeyPage::addSecret()
{
    addGap(3);
    TextLabel *label = addText(tr("The key or token itself"), TextRole::Muted);
    m_secret = new SecretField;
    m_secret->setAccessibleName(label->text());
    label->setBuddy(m_secret);
    auto *file = new Button(tr("From a file…"), Button::Rank::Plain);
    connect(file, &QPushButton::clicked, this, &KeyPage::fileRequested);
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * unit());
    row->addWidget(m_secret, 1);
    row->addWidget(file);
    addGap(1);
    body().addLayout(row);
    addGap(1);
    addText(tr("It leaves the clipboard when it is kept, and is never shown again."), TextRole::Muted);
}

void KeyPage::addDates()
{
    m_created = new DayPicker(today());
    m_created->setMaximumDate(today());
    m_end = new DayPicker(today().addDays(90));
    m_end->setMinimumDate(today());
    QSizePolicy policy = m_end->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_end->setSizePolicy(policy);
    m_end->setVisible(false);
    m_ends = new Choice(Choice::Kind::Check, tr("It ends on"), {});
    m_end->setAccessibleName(tr("It ends on"));
    m_created->setAccessibleName(tr("Created on"));
    auto *created = new TextLabel(tr("Created on"), TextRole::Plain);
    created->setBuddy(m_created);
    auto *dates = new QGridLayout;
    dates->setHorizontalSpacing(2 * unit());
    dates->setVerticalSpacing(unit());
    dates->setColumnStretch(0, 1);
    dates->addWidget(created, 0, 0);
    dates->addWidget(m_created, 0, 1);
    dates->addWidget(m_ends, 1, 0);
    dates->addWidget(m_end, 1, 1);
    addGap(3);
    body().addLayout(dates);
    connect(m_ends, &QAbstractButton::toggled, m_end, &QWidget::setVisible);
}

QDate KeyPage::today() const
{
    return QDateTime::fromMSecsSinceEpoch(m_clock.wallTime().time_since_epoch().count()).date();
}

void KeyPage::setProviders(const std::vector<service::SignInOffer> &offers)
{
    const QString typed = m_provider->currentText();
    m_provider->clear();
    for (const service::SignInOffer &offer : offers)
        m_provider->addItem(offer.providerName, offer.providerId);
    m_provider->setCurrentIndex(-1);
    m_provider->setEditText(typed);
}

void KeyPage::setProvider(const QString &providerId)
{
    if (const int index = m_provider->findData(providerId); index >= 0)
        m_provider->setCurrentIndex(index);
    else
        m_provider->setEditText(providerId);
}

void KeyPage::setProblem(const QString &text)
{
    m_problem->say(text);
    m_wrong->setVisible(!text.isEmpty());
    if (!text.isEmpty())
        reveal(*m_wrong);
}

void KeyPage::putSecret(const base::Secret &secret)
{
    m_secret->put(secret);
}

base::Secret KeyPage::takeSecret()
{
    return m_secret->take();
}

service::StaticCredentialFacts KeyPage::facts() const
{
    const QString typed = m_provider->currentText().trimmed();
    const int known = m_provider->findText(typed, Qt::MatchFixedString);
    service::StaticCredentialFacts facts{.providerId = known >= 0 ? m_provider->itemData(known).toString() : typed,
                                         .label = m_label->text().trimmed(),
                                         .kind = kinds[std::size_t(m_kinds->checkedId())].kind,
                                         .isSetupToken = kinds[std::size_t(m_kinds->checkedId())].isSetupToken,
                                         .issuedAt = {},
                                         .expiresAt = {}};
    if (m_created->date() != today())
        facts.issuedAt = timestampOf(m_created->date().startOfDay());
    // Until the end of that day: nothing is called dead while it may be alive.
    if (m_ends->isChecked())
        facts.expiresAt = timestampOf(m_end->date().endOfDay());
    return facts;
}

QString KeyPage::kindName() const
{
    return tr(kinds[std::size_t(m_kinds->checkedId())].name);
}

QWidget *KeyPage::firstFocus()
{
    return m_kinds->checkedButton();
}

void KeyPage::follow()
{
    primary()->setEnabled(!m_provider->currentText().trimmed().isEmpty() && !m_secret->holdsNothing());
}

} // namespace keytender::ui

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/serverpage.h"

#include <QBoxLayout>

#include "ui/busysign.h"
#include "ui/field.h"
#include "ui/glyphsign.h"

namespace keytender::ui {

ServerPage::ServerPage(QWidget *parent) : Page(tr("Another server"), parent)
{
    addText(tr("Keytender asks the server what it can do, and keeps what it answers as a provider."), TextRole::Muted);
    m_issuer = new Field;
    m_issuer->setPlaceholderText(QStringLiteral("https://login.example.com"));
    m_issuer->setInputMethodHints(Qt::ImhUrlCharactersOnly);
    addField(tr("Address of the server (its issuer)"), *m_issuer);
    m_clientId = new Field;
    addField(tr("Client ID, as the server knows this program"), *m_clientId);
    addGap(3);
    m_problem = new TextLabel({}, TextRole::Plain);
    m_wrong = beside(new GlyphSign(Glyph::Triangle, profile::Severity::ActNow), m_problem);
    m_asking = beside(new BusySign, new TextLabel(tr("Asking the server…"), TextRole::Muted));
    body().addWidget(m_wrong);
    body().addWidget(m_asking);
    body().addStretch(1);
    Button *back = addButton(tr("Back"), Button::Rank::Plain);
    Button *next = addButton(tr("Continue"), Button::Rank::Primary);
    connect(back, &QPushButton::clicked, this, &ServerPage::backRequested);
    connect(next, &QPushButton::clicked, this, &ServerPage::goOn);
    connect(m_issuer, &QLineEdit::textChanged, this, &ServerPage::follow);
    connect(m_clientId, &QLineEdit::textChanged, this, &ServerPage::follow);
    setBusy(false);
    setProblem({});
}

void ServerPage::setProblem(const QString &text)
{
    m_problem->say(text);
    m_wrong->setVisible(!text.isEmpty());
    m_issuer->setAccessibleDescription(text);
    if (!text.isEmpty())
        setBusy(false);
}

void ServerPage::setBusy(bool isBusy)
{
    m_isBusy = isBusy;
    m_asking->setVisible(isBusy);
    m_issuer->setReadOnly(isBusy);
    m_clientId->setReadOnly(isBusy);
    follow();
}

QWidget *ServerPage::firstFocus()
{
    return m_issuer;
}

void ServerPage::follow()
{
    const bool isWhole = !m_issuer->text().trimmed().isEmpty() && !m_clientId->text().trimmed().isEmpty();
    primary()->setEnabled(isWhole && !m_isBusy);
}

void ServerPage::goOn()
{
    QString issuer = m_issuer->text().trimmed();
    if (!issuer.contains(QStringLiteral("://")))
        issuer.prepend(QStringLiteral("https://"));
    setProblem({});
    setBusy(true);
    Q_EMIT described({.issuer = issuer, .clientId = m_clientId->text().trimmed()});
}

} // namespace keytender::ui

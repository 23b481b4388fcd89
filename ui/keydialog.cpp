// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/keydialog.h"

#include <QDateTime>
#include <QFileDialog>
#include <QLocale>

#include "profile/words.h"
#include "ui/keypage.h"
#include "ui/outcomepage.h"

namespace keytender::ui {

namespace {

QString dateOf(base::Timestamp time)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).date(),
                              QLocale::LongFormat);
}

} // namespace

KeyDialog::KeyDialog(const base::Clock &clock, QWidget *parent) : Dialog(parent), m_clock(clock)
{
    setObjectName(QStringLiteral("key"));
    setWindowTitle(tr("Add a key or token – Keytender"));
    m_form = new KeyPage(clock);
    m_kept = new OutcomePage(Glyph::Tick, profile::Severity::Well);
    connect(m_kept->addButton(tr("Close"), Button::Rank::Primary), &QPushButton::clicked, this, &KeyDialog::accept);
    addPage(*m_form);
    addPage(*m_kept);
    connect(m_form, &KeyPage::confirmed, this, &KeyDialog::keep);
    connect(m_form, &KeyPage::fileRequested, this, &KeyDialog::chooseFile);
    connect(m_form, &KeyPage::cancelled, this, &KeyDialog::reject);
}

void KeyDialog::setProviders(const std::vector<service::SignInOffer> &offers)
{
    m_form->setProviders(offers);
}

void KeyDialog::preselect(const QString &providerId)
{
    m_form->setProvider(providerId);
}

void KeyDialog::setSecret(const base::Secret &secret)
{
    m_form->setProblem({});
    m_form->putSecret(secret);
}

void KeyDialog::setProblem(const QString &text)
{
    if (!m_pending.isEmpty())
        m_form->putSecret(m_pending);
    m_pending = {};
    m_form->setProblem(text);
}

void KeyDialog::setKept(const QString &label)
{
    m_pending = {};
    const QString created = m_asked.issuedAt ? tr("created on %1").arg(dateOf(*m_asked.issuedAt)) : tr("created today");
    QString end = tr("no end is known");
    if (m_asked.expiresAt) {
        const auto left = std::chrono::floor<std::chrono::seconds>(*m_asked.expiresAt - m_clock.wallTime());
        end = tr("ends on %1, in %2").arg(dateOf(*m_asked.expiresAt), profile::duration(left));
    }
    m_kept->say(tr("Kept"), {label, QStringList{m_form->kindName(), created, end}.join(QStringLiteral(" · ")),
                             tr("Keytender does not show it again.")});
    showPage(*m_kept);
}

void KeyDialog::keep()
{
    m_asked = m_form->facts();
    m_pending = m_form->takeSecret();
    m_form->setProblem({});
    Q_EMIT keepRequested(m_asked, m_pending);
}

void KeyDialog::chooseFile()
{
    auto *choice = new QFileDialog(this, tr("A file that holds the key or token"));
    choice->setAttribute(Qt::WA_DeleteOnClose);
    choice->setFileMode(QFileDialog::ExistingFile);
    connect(choice, &QFileDialog::fileSelected, this, &KeyDialog::fileChosen);
    choice->open();
}

void KeyDialog::done(int result)
{
    m_pending = {};
    m_form->putSecret({});
    Dialog::done(result);
}

} // namespace keytender::ui

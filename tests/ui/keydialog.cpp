// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <optional>

#include <QClipboard>
#include <QDateEdit>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include "fakes/fakeclock.h"
#include "samplerows.h"
#include "samplesignins.h"
#include "ui/choice.h"
#include "ui/field.h"
#include "ui/keydialog.h"
#include "ui/page.h"
#include "ui/pickers.h"
#include "ui/secretfield.h"

using namespace keytender;
using base::Secret;

class KeyDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();

    void withoutProviderOrSecret_nothingIsKept();
    void everythingEntered_isToldWithTheSecret();
    void kinds_areKeysAndTokens();
    void typedProvider_isTakenAsItIs();
    void dates_ofToday_areLeftOut();
    void pastedKey_leavesFieldAndClipboard();
    void keptKey_isNeverShownAgain();
    void keyThatIsNotKept_isStillThere();
    void file_isAskedFor_andItsContentTaken();
    void closing_wipesTheField();

private:
    void fill()
    {
        m_dialog->preselect(QStringLiteral("anthropic"));
        m_dialog->setSecret(Secret::copyOf("sk-Canary-1"));
    }
    void keep() { QTest::keyClick(m_dialog.get(), Qt::Key_Return); }
    [[nodiscard]] ui::SecretField *secret() const { return m_dialog->findChild<ui::SecretField *>(); }
    [[nodiscard]] ui::Choice *choice(const QString &title) const
    {
        for (ui::Choice *candidate : m_dialog->findChildren<ui::Choice *>()) {
            if (candidate->accessibleName() == title)
                return candidate;
        }
        return nullptr;
    }
    [[nodiscard]] bool says(const QString &text) const
    {
        const QList<QLabel *> labels = m_dialog->page()->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }

    fakes::FakeClock m_clock;
    std::unique_ptr<ui::KeyDialog> m_dialog;
    std::optional<service::StaticCredentialFacts> m_facts;
    QByteArray m_bytes;
};

void KeyDialogTest::init()
{
    m_clock.wall = samples::now();
    m_facts.reset();
    m_bytes.clear();
    m_dialog = std::make_unique<ui::KeyDialog>(m_clock);
    m_dialog->setProviders(samples::signInOffers());
    connect(m_dialog.get(), &ui::KeyDialog::keepRequested, this, [this](const auto &facts, const Secret &bytes) {
        m_facts = facts;
        m_bytes = QByteArray(bytes.expose().data(), qsizetype(bytes.size()));
    });
    m_dialog->present();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

void KeyDialogTest::withoutProviderOrSecret_nothingIsKept()
{
    keep();
    m_dialog->preselect(QStringLiteral("anthropic"));
    keep();
    m_dialog->preselect({});
    m_dialog->setSecret(Secret::copyOf("sk"));
    keep();
    QVERIFY(!m_facts.has_value());
}

void KeyDialogTest::everythingEntered_isToldWithTheSecret()
{
    fill();
    QTest::mouseClick(choice(QStringLiteral("Setup token")), Qt::LeftButton);
    const QList<ui::Field *> fields = m_dialog->findChildren<ui::Field *>();
    QTest::keyClicks(fields.first(), QStringLiteral(" CI key "));
    const QList<ui::DayPicker *> days = m_dialog->findChildren<ui::DayPicker *>();
    QVERIFY(days.first()->isVisible() && !days.last()->isVisible());
    days.first()->setDate(QDate(2026, 3, 1));
    QTest::mouseClick(choice(QStringLiteral("It ends on")), Qt::LeftButton);
    QVERIFY(days.last()->isVisible());
    days.last()->setDate(QDate(2027, 3, 1));
    keep();
    QVERIFY(m_facts.has_value());
    QCOMPARE(m_facts->providerId, QStringLiteral("anthropic"));
    QCOMPARE(m_facts->label, QStringLiteral("CI key"));
    QCOMPARE(m_facts->kind, profile::CredentialKind::Token);
    QCOMPARE(m_facts->issuedAt->time_since_epoch().count(), QDate(2026, 3, 1).startOfDay().toMSecsSinceEpoch());
    QCOMPARE(m_facts->expiresAt->time_since_epoch().count(), QDate(2027, 3, 1).endOfDay().toMSecsSinceEpoch());
    QCOMPARE(m_bytes, QByteArray("sk-Canary-1"));
}

void KeyDialogTest::kinds_areKeysAndTokens()
{
    const std::pair<QString, profile::CredentialKind> kinds[] = {
        {QStringLiteral("API key"), profile::CredentialKind::ApiKey},
        {QStringLiteral("Setup token"), profile::CredentialKind::Token},
        {QStringLiteral("Access token for Git"), profile::CredentialKind::Token},
    };
    for (const auto &[title, kind] : kinds) {
        fill();
        QTest::mouseClick(choice(title), Qt::LeftButton);
        keep();
        QCOMPARE(m_facts.value().kind, kind);
        m_dialog->setProblem(QStringLiteral("again"));
    }
}

void KeyDialogTest::typedProvider_isTakenAsItIs()
{
    fill();
    auto *provider = m_dialog->findChild<ui::ListPicker *>();
    provider->setEditText(QStringLiteral(" git.example.com "));
    keep();
    QCOMPARE(m_facts.value().providerId, QStringLiteral("git.example.com"));
    m_dialog->setProblem(QStringLiteral("again"));
    provider->setEditText(QStringLiteral("github")); // the name of one that is known
    keep();
    QCOMPARE(m_facts.value().providerId, QStringLiteral("github"));
}

void KeyDialogTest::dates_ofToday_areLeftOut()
{
    fill();
    keep();
    QVERIFY(m_facts.has_value() && !m_facts->issuedAt && !m_facts->expiresAt);
}

void KeyDialogTest::pastedKey_leavesFieldAndClipboard()
{
    m_dialog->preselect(QStringLiteral("anthropic"));
    QGuiApplication::clipboard()->setText(QStringLiteral("sk-Canary-2\n"));
    QTest::keySequence(secret(), QKeySequence::Paste);
    QTest::keyClick(secret(), Qt::Key_Return);
    QCOMPARE(m_bytes, QByteArray("sk-Canary-2"));
    QVERIFY(secret()->holdsNothing());
    QCOMPARE(QGuiApplication::clipboard()->text(), QString());
}

void KeyDialogTest::keptKey_isNeverShownAgain()
{
    fill();
    QTest::mouseClick(choice(QStringLiteral("It ends on")), Qt::LeftButton);
    m_dialog->findChildren<ui::DayPicker *>().last()->setDate(QDate(2027, 2, 20));
    keep();
    m_dialog->setKept(QStringLiteral("Anthropic · CI key"));
    QVERIFY(says(QStringLiteral("Anthropic · CI key")));
    QVERIFY(says(QStringLiteral("API key · created today · ends on")));
    QVERIFY(says(QStringLiteral("2027")));
    QVERIFY(!says(QStringLiteral("sk-")));
    QVERIFY(secret()->holdsNothing());
}

void KeyDialogTest::keyThatIsNotKept_isStillThere()
{
    fill();
    keep();
    QVERIFY(secret()->holdsNothing());
    m_dialog->setProblem(QStringLiteral("The vault is locked."));
    QVERIFY(says(QStringLiteral("The vault is locked.")));
    m_bytes.clear();
    keep();
    QCOMPARE(m_bytes, QByteArray("sk-Canary-1"));
    QVERIFY(!says(QStringLiteral("The vault is locked.")));
}

void KeyDialogTest::file_isAskedFor_andItsContentTaken()
{
    QString chosen;
    connect(m_dialog.get(), &ui::KeyDialog::fileChosen, this, [&](const QString &path) { chosen = path; });
    for (ui::Button *button : m_dialog->findChildren<ui::Button *>()) {
        if (button->text() == QStringLiteral("From a file…"))
            button->click();
    }
    auto *files = m_dialog->findChild<QFileDialog *>();
    QVERIFY(files != nullptr);
    Q_EMIT files->fileSelected(QStringLiteral("/home/me/key.txt"));
    QCOMPARE(chosen, QStringLiteral("/home/me/key.txt"));
    files->close();
    m_dialog->preselect(QStringLiteral("anthropic"));
    m_dialog->setSecret(Secret::copyOf("sk-Canary-3\n"));
    keep();
    QCOMPARE(m_bytes, QByteArray("sk-Canary-3"));
}

void KeyDialogTest::closing_wipesTheField()
{
    fill();
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible() && secret()->holdsNothing());
}

QTEST_MAIN(KeyDialogTest)
#include "keydialog.moc"

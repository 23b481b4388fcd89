// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/consentlist.h"

#include <QLabel>
#include <QTest>

#include "base/secret.h"
#include "fakes/fakeclock.h"
#include "sampleconsents.h"
#include "samplerows.h"
#include "ui/page.h"

using namespace keytender;
using ui::Button;
using ui::ConsentList;

// What was said about programs, and how it is taken back.
class ConsentListTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void cleanup() { m_list.reset(); }

    void rules_areListedByLogin_andSayHowTheyStand();
    void revoke_isHeard_andTheListFollows();
    void rulesOfTheSettings_haveNoButton();
    void refusedRevocation_saysWhy_andStays();
    void keyboard_goesOnWhereARuleWas();
    void memoryThatCannotBeRead_isTold();
    void noRules_saysWhatWillHappen();

private:
    void open()
    {
        m_list = std::make_unique<ConsentList>(*m_consent, m_clock, samples::labelOf);
        m_list->present();
        QVERIFY(QTest::qWaitForWindowExposed(m_list.get()));
        QCoreApplication::processEvents();
    }
    [[nodiscard]] QStringList texts() const
    {
        QStringList all;
        for (const QLabel *label : m_list->page()->findChildren<QLabel *>()) {
            if (label->isVisible() && !label->text().isEmpty())
                all += label->accessibleName().isEmpty() ? label->text() : label->accessibleName();
        }
        return all;
    }
    [[nodiscard]] std::vector<Button *> revokes() const
    {
        std::vector<Button *> all;
        for (Button *button : m_list->page()->findChildren<Button *>()) {
            if (button->isVisible() && button->text() != QStringLiteral("Close"))
                all.push_back(button);
        }
        return all;
    }

    fakes::FakeClock m_clock;
    std::unique_ptr<fakes::FakeConsent> m_consent;
    std::unique_ptr<ConsentList> m_list;
};

void ConsentListTest::init()
{
    m_clock.wall = samples::now();
    m_consent = std::make_unique<fakes::FakeConsent>();
    m_consent->known = samples::consentRules();
}

void ConsentListTest::rules_areListedByLogin_andSayHowTheyStand()
{
    open();
    const QStringList all = texts().mid(2); // the title and the introduction
    QCOMPARE(all, (QStringList{
                      QStringLiteral("Claude Code"), QStringLiteral("editor"), QStringLiteral("/opt/editor/bin/editor"),
                      QStringLiteral("allowed by the settings"), QStringLiteral("Every program"),
                      QStringLiteral("refused by the settings"), QStringLiteral("GitHub"),
                      QStringLiteral("setup-helper"), QStringLiteral("/tmp/setup-helper"),
                      QStringLiteral("refused 3 days ago"), QStringLiteral("docker"), QStringLiteral("/usr/bin/docker"),
                      QStringLiteral("allowed for another 25 min · used 2 min ago"), QStringLiteral("git"),
                      QStringLiteral("/usr/bin/git"), QStringLiteral("allowed 20 days ago · used 5 min ago")}));
}

void ConsentListTest::revoke_isHeard_andTheListFollows()
{
    open();
    const service::ConsentRule never = m_consent->known[2];
    QCOMPARE(revokes().front()->text(), QStringLiteral("Ask again"));
    QCOMPARE(revokes().front()->accessibleDescription(), QStringLiteral("setup-helper, GitHub"));
    revokes().front()->click();
    QVERIFY(m_consent->revoked == std::vector{never});
    QTRY_COMPARE(revokes().size(), 2U);
    QVERIFY(!texts().contains(QStringLiteral("setup-helper")));
    QCOMPARE(revokes().back()->text(), QStringLiteral("Revoke"));
}

void ConsentListTest::rulesOfTheSettings_haveNoButton()
{
    std::erase_if(m_consent->known, [](const auto &rule) { return !rule.isFromSettings; });
    open();
    QVERIFY(revokes().empty());
}

void ConsentListTest::refusedRevocation_saysWhy_andStays()
{
    open();
    m_consent->refusal = base::Error{base::ErrorKind::StorageFull, QStringLiteral("consents.json"), {}, {}};
    revokes().back()->click();
    QVERIFY(texts().contains(base::describe(*m_consent->refusal)));
    QCOMPARE(revokes().size(), 3U);
}

void ConsentListTest::keyboard_goesOnWhereARuleWas()
{
    open();
    revokes()[1]->setFocus();
    QTest::keyClick(m_list.get(), Qt::Key_Return);
    QTRY_COMPARE(revokes().size(), 2U);
    QCOMPARE(m_list->focusWidget(), static_cast<QWidget *>(revokes()[1]));
    QTest::keyClick(m_list.get(), Qt::Key_Return);
    QTest::keyClick(m_list.get(), Qt::Key_Return);
    QTRY_VERIFY(revokes().empty());
    QCOMPARE(m_list->focusWidget(), static_cast<QWidget *>(m_list->page()->primary()));
}

void ConsentListTest::memoryThatCannotBeRead_isTold()
{
    m_consent->problemNow = QStringLiteral("consents.json: is not 1.");
    open();
    QVERIFY(texts().contains(m_consent->problemNow));
}

void ConsentListTest::noRules_saysWhatWillHappen()
{
    m_consent->known.clear();
    open();
    QVERIFY(texts().join(u' ').contains(QStringLiteral("Keytender asks you")));
}

QTEST_MAIN(ConsentListTest)
#include "consentlist.moc"

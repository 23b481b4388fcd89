// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/traymenu.h"

#include <QActionGroup>
#include <QSignalSpy>
#include <QTest>

#include "fakes/fakeclock.h"
#include "sampleneighbours.h"
#include "samplerows.h"

using namespace keytender;
using service::SignOutScope;

class TrayMenuTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void signIn_isOfferedPerProviderWithAWay();
    void withoutAVault_nobodyCanBeSignedInTo();
    void ownLogin_hasItsActions();
    void toolsLogin_hasNone();
    void whatIsNotPossibleNow_isHidden_andKeepsItsPlace();
    void signOut_isPerProviderAndForAll();
    void withoutOwnLogins_thereIsNothingToSignOutOf();
    void accounts_haveAMenuOfTheirOwn_whereThereAreTwo();
    void account_isAskedFor_andTheMarkStaysWhereItIs();
    void neighbours_areAskedAbout_whereThereAreAny();
    void ampersand_isNoMnemonic();
    void lastingEntries_areTheSameAndWork_afterEveryRebuild();

private:
    [[nodiscard]] QMenu *submenu(const QString &title) const
    {
        for (QAction *action : m_menu->actions()) {
            if (action->menu() != nullptr && action->text().startsWith(title))
                return action->menu();
        }
        return nullptr;
    }
    [[nodiscard]] static QStringList shown(const QMenu *menu)
    {
        QStringList texts;
        for (const QAction *action : menu->actions()) {
            if (action->isVisible() && !action->isSeparator())
                texts += action->text();
        }
        return texts;
    }
    static void trigger(const QMenu *menu, const QString &text)
    {
        for (QAction *action : menu->actions()) {
            if (action->text() == text && action->isVisible() && action->isEnabled()) {
                action->trigger();
                return;
            }
        }
        QFAIL(qPrintable(text));
    }
    void fill(const std::vector<service::Row> &rows)
    {
        for (const service::Row &row : rows)
            m_model->setRow(row);
        Q_EMIT m_menu->aboutToShow();
    }

    std::unique_ptr<fakes::FakeClock> m_clock;
    std::unique_ptr<ui::ProfileModel> m_model;
    std::unique_ptr<ui::TrayMenu> m_menu;
};

void TrayMenuTest::init()
{
    m_clock = std::make_unique<fakes::FakeClock>();
    m_clock->wall = samples::now();
    m_model = std::make_unique<ui::ProfileModel>(*m_clock);
    m_menu = std::make_unique<ui::TrayMenu>(*m_model, *m_clock);
    m_menu->setOffers(samples::offers());
    m_menu->setCanSignIn(true);
    Q_EMIT m_menu->aboutToShow();
}

void TrayMenuTest::cleanup()
{
    m_menu.reset();
    m_model.reset();
}

void TrayMenuTest::signIn_isOfferedPerProviderWithAWay()
{
    const QMenu *signIn = submenu(QStringLiteral("Sign in to"));
    QVERIFY(signIn != nullptr);
    QCOMPARE(shown(signIn), (QStringList{QStringLiteral("Anthropic…"), QStringLiteral("OpenAI…"),
                                         QStringLiteral("GitHub…"), QStringLiteral("Another server…")}));
    const QSignalSpy asked(m_menu.get(), &ui::TrayMenu::signInRequested);
    const QSignalSpy custom(m_menu.get(), &ui::TrayMenu::customServerRequested);
    const QSignalSpy key(m_menu.get(), &ui::TrayMenu::addKeyRequested);
    trigger(signIn, QStringLiteral("OpenAI…"));
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.constFirst().constFirst().toString(), QStringLiteral("openai"));
    trigger(signIn, QStringLiteral("Another server…"));
    QCOMPARE(custom.count(), 1);
    trigger(m_menu.get(), QStringLiteral("Add a key…"));
    QCOMPARE(key.count(), 1);
}

void TrayMenuTest::withoutAVault_nobodyCanBeSignedInTo()
{
    m_menu->setCanSignIn(false);
    Q_EMIT m_menu->aboutToShow();
    for (const QAction *action : m_menu->actions()) {
        if (action->text() == QStringLiteral("Sign in to") || action->text() == QStringLiteral("Add a key…"))
            QVERIFY(!action->isEnabled());
    }
    QVERIFY(!submenu(QStringLiteral("Sign in to"))->isEnabled());
}

void TrayMenuTest::ownLogin_hasItsActions()
{
    fill({samples::ownFresh()});
    const QMenu *menu = submenu(QStringLiteral("Anthropic: renews in"));
    QVERIFY(menu != nullptr);
    QCOMPARE(shown(menu), (QStringList{QStringLiteral("Show details and activity"), QStringLiteral("Renew now"),
                                       QStringLiteral("Sign in again…"), QStringLiteral("Sign out…")}));
    const QSignalSpy refresh(m_menu.get(), &ui::TrayMenu::refreshRequested);
    const QSignalSpy signIn(m_menu.get(), &ui::TrayMenu::renewSignInRequested);
    const QSignalSpy signOut(m_menu.get(), &ui::TrayMenu::signOutRequested);
    for (const char *entry : {"Renew now", "Sign in again…", "Sign out…"})
        trigger(menu, QString::fromUtf8(entry));
    QCOMPARE(refresh.count(), 1);
    QCOMPARE(refresh.constFirst().constFirst().toString(), QStringLiteral("own:anthropic"));
    QCOMPARE(signIn.count(), 1);
    QCOMPARE(signIn.constFirst().constFirst().toString(), QStringLiteral("own:anthropic"));
    QCOMPARE(signOut.count(), 1);
    const auto scope = signOut.constFirst().constFirst().value<SignOutScope>();
    QCOMPARE(scope.what, SignOutScope::What::Profile);
    QCOMPARE(scope.id, QStringLiteral("own:anthropic"));
    QVERIFY(!scope.forgetsOnly); // that is a separate act
}

void TrayMenuTest::toolsLogin_hasNone()
{
    fill({samples::claude()});
    QCOMPARE(shown(submenu(QStringLiteral("Claude Code:"))),
             (QStringList{QStringLiteral("Show details and activity"), QStringLiteral("Copy “claude auth login”")}));
}

void TrayMenuTest::whatIsNotPossibleNow_isHidden_andKeepsItsPlace()
{
    fill({samples::ownFresh(), samples::ownKey()});
    QCOMPARE(shown(submenu(QStringLiteral("CI key:"))),
             (QStringList{QStringLiteral("Show details and activity"), QStringLiteral("Remove…")}));
    const QList<QAction *> before = submenu(QStringLiteral("Anthropic:"))->actions();
    service::Row renewing = samples::ownFresh();
    renewing.actions.refresh = false;
    renewing.condition.health = profile::Health::Refreshing;
    renewing.condition.severity = profile::Severity::Busy;
    fill({renewing});
    const QMenu *menu = submenu(QStringLiteral("Anthropic: renewing…"));
    QVERIFY(menu != nullptr);
    // A host may send a click on what it saw a moment ago.
    QCOMPARE(menu->actions(), before);
    QVERIFY(!shown(menu).contains(QStringLiteral("Renew now")));
}

void TrayMenuTest::signOut_isPerProviderAndForAll()
{
    fill({samples::ownFresh(), samples::ownOffline(), samples::claude()});
    const QMenu *menu = submenu(QStringLiteral("Sign out"));
    QVERIFY(menu != nullptr);
    QCOMPARE(shown(menu), (QStringList{QStringLiteral("Sign out of Anthropic…"), QStringLiteral("Sign out of Google…"),
                                       QStringLiteral("Sign out of everything…")}));
    QSignalSpy signOut(m_menu.get(), &ui::TrayMenu::signOutRequested);
    trigger(menu, QStringLiteral("Sign out of Google…"));
    trigger(menu, QStringLiteral("Sign out of everything…"));
    QCOMPARE(signOut.count(), 2);
    const auto provider = signOut.at(0).constFirst().value<SignOutScope>();
    QCOMPARE(provider.what, SignOutScope::What::Provider);
    QCOMPARE(provider.id, QStringLiteral("google"));
    QCOMPARE(signOut.at(1).constFirst().value<SignOutScope>().what, SignOutScope::What::Everything);
    m_model->removeRow(QStringLiteral("own:google"));
    Q_EMIT m_menu->aboutToShow();
    QVERIFY(!shown(submenu(QStringLiteral("Sign out"))).contains(QStringLiteral("Sign out of Google…")));
}

void TrayMenuTest::withoutOwnLogins_thereIsNothingToSignOutOf()
{
    fill({samples::claude()});
    QCOMPARE(submenu(QStringLiteral("Sign out")), nullptr);
}

void TrayMenuTest::accounts_haveAMenuOfTheirOwn_whereThereAreTwo()
{
    service::AccountGroup one = samples::claudeAccounts();
    one.accounts.resize(1);
    m_menu->setAccounts({one});
    Q_EMIT m_menu->aboutToShow();
    QCOMPARE(submenu(QStringLiteral("Account in")), nullptr);
    m_menu->setAccounts({samples::claudeAccounts()});
    Q_EMIT m_menu->aboutToShow();
    const QMenu *menu = submenu(QStringLiteral("Account in Claude Code"));
    QVERIFY(menu != nullptr);
    QCOMPARE(shown(menu),
             (QStringList{QStringLiteral("dev@example.com · Max"), QStringLiteral("dev@company.example · Team"),
                          QStringLiteral("old@example.com")}));
    QVERIFY(menu->actions().at(0)->isChecked());
    QVERIFY(!menu->actions().at(2)->isEnabled()); // it cannot be used just now
    QVERIFY(menu->actions().at(0)->actionGroup()->isExclusive());
}

void TrayMenuTest::account_isAskedFor_andTheMarkStaysWhereItIs()
{
    m_menu->setAccounts({samples::claudeAccounts()});
    Q_EMIT m_menu->aboutToShow();
    const QSignalSpy asked(m_menu.get(), &ui::TrayMenu::accountRequested);
    const QMenu *menu = submenu(QStringLiteral("Account in Claude Code"));
    trigger(menu, QStringLiteral("dev@example.com · Max"));
    QCOMPARE(asked.count(), 0); // it is in use already
    trigger(menu, QStringLiteral("dev@company.example · Team"));
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.constFirst(), (QVariantList{QStringLiteral("claude-cli@work"), QStringLiteral("claude-cli")}));
    QVERIFY(menu->actions().at(0)->isChecked());
    service::AccountGroup after = samples::claudeAccounts();
    after.accounts.at(0).isInUse = false;
    after.accounts.at(1).isInUse = true;
    m_menu->setAccounts({after});
    Q_EMIT m_menu->aboutToShow();
    QVERIFY(submenu(QStringLiteral("Account in Claude Code"))->actions().at(1)->isChecked());
}

void TrayMenuTest::neighbours_areAskedAbout_whereThereAreAny()
{
    const QString entry = QStringLiteral("Logins of other tools…");
    QVERIFY(!shown(m_menu.get()).contains(entry));
    m_menu->setHasNeighbours(true);
    const QSignalSpy asked(m_menu.get(), &ui::TrayMenu::neighboursRequested);
    trigger(m_menu.get(), entry);
    QCOMPARE(asked.count(), 1);
}

void TrayMenuTest::ampersand_isNoMnemonic()
{
    std::vector<service::SignInOffer> offers = samples::offers();
    offers.front().providerName = QStringLiteral("Bell & Howell");
    m_menu->setOffers(offers);
    Q_EMIT m_menu->aboutToShow();
    QVERIFY(shown(submenu(QStringLiteral("Sign in to"))).contains(QStringLiteral("Bell && Howell…")));
}

void TrayMenuTest::lastingEntries_areTheSameAndWork_afterEveryRebuild()
{
    const auto find = [this](const QString &text) {
        const auto actions = m_menu->actions();
        const auto found = std::find_if(actions.begin(), actions.end(),
                                        [&text](const QAction *action) { return action->text() == text; });
        return found == actions.end() ? nullptr : *found;
    };
    const QSignalSpy quit(m_menu.get(), &ui::TrayMenu::quitRequested);
    const QSignalSpy rescan(m_menu.get(), &ui::TrayMenu::rescanRequested);
    const QSignalSpy panel(m_menu.get(), &ui::TrayMenu::panelRequested);
    const QSignalSpy settings(m_menu.get(), &ui::TrayMenu::settingsRequested);
    const QSignalSpy programs(m_menu.get(), &ui::TrayMenu::programsRequested);
    const QAction *before = find(QStringLiteral("Quit Keytender"));
    fill({samples::ownFresh()});
    fill({samples::claude()});
    m_model->removeRow(QStringLiteral("own:anthropic"));
    Q_EMIT m_menu->aboutToShow();
    QCOMPARE(find(QStringLiteral("Quit Keytender")), before);
    trigger(m_menu.get(), QStringLiteral("Quit Keytender"));
    trigger(m_menu.get(), QStringLiteral("Rescan now"));
    trigger(m_menu.get(), QStringLiteral("Show panel"));
    const QSignalSpy checkUp(m_menu.get(), &ui::TrayMenu::checkUpRequested);
    trigger(m_menu.get(), QStringLiteral("Check this machine…"));
    QCOMPARE(checkUp.count(), 1);
    trigger(m_menu.get(), QStringLiteral("Settings…"));
    QCOMPARE(settings.count(), 1);
    trigger(m_menu.get(), QStringLiteral("Programs…"));
    QCOMPARE(programs.count(), 1);
    QCOMPARE(quit.count(), 1);
    QCOMPARE(rescan.count(), 1);
    QCOMPARE(panel.count(), 1);
}

QTEST_MAIN(TrayMenuTest)
#include "traymenu.moc"

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <optional>

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include "samplesignins.h"
#include "ui/choice.h"
#include "ui/linklabel.h"
#include "ui/page.h"
#include "ui/signoutdialog.h"

using namespace keytender;
using service::SignOutScope;
using What = service::SignOutScope::What;

class SignOutDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void before_saysWhatWillStopWorking();
    void keepKeys_isAskedOfMoreThanOneLogin_andAsksAgain();
    void signOut_isConfirmedWithItsScope();
    void forgetting_isAnActOfItsOwn();
    void forgetting_canBeLeft();
    void nothingToEnd_cannotBeConfirmed();
    void pagesOfProviders_areOpenedByWhoListens();
    void results_sayWhatIsLeft();
    void results_titleIsTheWorstOfThem();
    void closing_whileItRuns_asksNothing();

private:
    [[nodiscard]] ui::Button *button(const QString &caption) const
    {
        for (ui::Button *candidate : m_dialog->page()->findChildren<ui::Button *>()) {
            if (candidate->text() == caption && candidate->isVisible())
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

    std::unique_ptr<ui::SignOutDialog> m_dialog;
    std::optional<SignOutScope> m_confirmed;
    std::optional<SignOutScope> m_asked;
};

void SignOutDialogTest::init()
{
    m_dialog = std::make_unique<ui::SignOutDialog>();
    m_confirmed.reset();
    m_asked.reset();
    connect(m_dialog.get(), &ui::SignOutDialog::confirmed, this, [this](const auto &scope) { m_confirmed = scope; });
    connect(m_dialog.get(), &ui::SignOutDialog::previewRequested, this, [this](const auto &scope) { m_asked = scope; });
    m_dialog->setPreview(samples::signOutOfAll(), {.what = What::Everything, .id = {}});
    m_dialog->present();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

void SignOutDialogTest::before_saysWhatWillStopWorking()
{
    QVERIFY(says(QStringLiteral("Anthropic · dev@example.com")));
    QVERIFY(says(QStringLiteral("ends here and at the provider")));
    QVERIFY(says(QStringLiteral("With it ends: every copy of this login on other machines")));
    QVERIFY(says(QStringLiteral("at the provider only you can end it")));
    QVERIFY(says(QStringLiteral("it stays valid at the provider")));
    QVERIFY(says(QStringLiteral("gh · octodev keeps its own login: sign out there.")));
}

void SignOutDialogTest::keepKeys_isAskedOfMoreThanOneLogin_andAsksAgain()
{
    auto *keeps = m_dialog->page()->findChild<ui::Choice *>();
    QVERIFY(keeps->isVisible() && keeps->isChecked());
    QTest::mouseClick(keeps, Qt::LeftButton);
    QVERIFY(m_asked.has_value() && !m_asked->keepsKeys);
    QCOMPARE(m_asked->what, What::Everything);
    m_dialog->setPreview(samples::signOutOfAll(), {.what = What::Profile, .id = QStringLiteral("a")});
    QVERIFY(!keeps->isVisible());
}

void SignOutDialogTest::signOut_isConfirmedWithItsScope()
{
    m_dialog->setPreview(samples::signOutOfAll(), {.what = What::Provider, .id = QStringLiteral("anthropic")},
                         QStringLiteral("Anthropic"));
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("Sign out of Anthropic?"));
    button(QStringLiteral("Sign out"))->click();
    QVERIFY(m_confirmed.has_value());
    QCOMPARE(m_confirmed->what, What::Provider);
    QCOMPARE(m_confirmed->id, QStringLiteral("anthropic"));
    QVERIFY(m_confirmed->keepsKeys && !m_confirmed->forgetsOnly);
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("Signing out"));
}

void SignOutDialogTest::forgetting_isAnActOfItsOwn()
{
    button(QStringLiteral("Forget here without signing out…"))->click();
    QVERIFY(!m_confirmed.has_value());
    QVERIFY(m_asked.has_value() && m_asked->forgetsOnly);
    m_dialog->setPreview(samples::signOutOfAll(), *m_asked);
    QVERIFY(says(QStringLiteral("They stay valid at the provider")));
    QVERIFY(button(QStringLiteral("Sign out")) == nullptr);
    button(QStringLiteral("Forget here"))->click();
    QVERIFY(m_confirmed.has_value() && m_confirmed->forgetsOnly);
}

void SignOutDialogTest::forgetting_canBeLeft()
{
    button(QStringLiteral("Forget here without signing out…"))->click();
    m_dialog->setPreview(samples::signOutOfAll(), *m_asked);
    button(QStringLiteral("Back"))->click();
    button(QStringLiteral("Sign out"))->click();
    QVERIFY(m_confirmed.has_value() && !m_confirmed->forgetsOnly);
}

void SignOutDialogTest::nothingToEnd_cannotBeConfirmed()
{
    service::SignOutPreview nothing;
    nothing.staysWithTools = {QStringLiteral("gh")};
    m_dialog->setPreview(nothing, {.what = What::Everything, .id = {}});
    QVERIFY(!m_dialog->page()->primary()->isEnabled());
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QVERIFY(!m_confirmed.has_value());
    QVERIFY(says(QStringLiteral("gh keeps its own login")));
}

void SignOutDialogTest::pagesOfProviders_areOpenedByWhoListens()
{
    QUrl opened;
    connect(m_dialog.get(), &ui::SignOutDialog::openPageRequested, this, [&](const QUrl &page) { opened = page; });
    m_dialog->page()->findChild<ui::LinkLabel *>()->click();
    QCOMPARE(opened, QUrl(QStringLiteral("https://github.com/settings/applications")));
    opened.clear();
    m_dialog->setResults(samples::signedOut());
    m_dialog->page()->findChild<ui::LinkLabel *>()->click();
    QCOMPARE(opened, QUrl(QStringLiteral("https://github.com/settings/applications")));
}

void SignOutDialogTest::results_sayWhatIsLeft()
{
    m_dialog->setResults(samples::signedOut());
    for (const service::SignOutResult &result : samples::signedOut())
        QVERIFY2(says(result.text) && says(result.label), qPrintable(result.label));
    QCOMPARE(m_dialog->page()->findChildren<ui::LinkLabel *>().size(), 1);
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QVERIFY(!m_dialog->isVisible());
}

void SignOutDialogTest::results_titleIsTheWorstOfThem()
{
    auto results = samples::signedOut();
    m_dialog->setResults(results);
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("Signed out here, and not yet everywhere"));
    results[1].hasLeftHere = false;
    m_dialog->setResults(results);
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("Not everything could be signed out"));
    m_dialog->setResults({results.front()});
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("Signed out"));
}

void SignOutDialogTest::closing_whileItRuns_asksNothing()
{
    button(QStringLiteral("Sign out"))->click();
    m_confirmed.reset();
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible() && !m_confirmed.has_value() && !m_asked.has_value());
}

QTEST_MAIN(SignOutDialogTest)
#include "signoutdialog.moc"

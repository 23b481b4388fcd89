// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include "fakes/fakeclock.h"
#include "samplerows.h"
#include "samplesignins.h"
#include "ui/busysign.h"
#include "ui/choice.h"
#include "ui/field.h"
#include "ui/linklabel.h"
#include "ui/page.h"
#include "ui/qrcode.h"
#include "ui/secretfield.h"
#include "ui/signindialog.h"

using namespace keytender;
using base::Secret;
using provider::SignInWay;
using service::SignInStage;

class SignInDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();

    void providers_withoutAWay_areDisabledAndSayWhy();
    void provider_isChosenByArrowsAndEnter();
    void unknownProvider_leadsToTheList();
    void leastScopes_areCheckedAndLocked();
    void chosenWayAndScopes_areInTheWish();
    void oneWay_isNoQuestion();
    void renewal_keepsProfileWayAndScopes();
    void serverThatDecides_isSaid();
    void otherServer_isAskedOnce_andLeadsOn();
    void otherServer_thatFails_keepsWhatWasWritten();
    void otherServer_leftMeanwhile_isNotForcedOnAnybody();
    void stages_areSaidInOrder_data();
    void stages_areSaidInOrder();
    void escape_cancels();
    void closing_whileUnderWay_cancels();
    void closing_beforeAndAfter_cancelsNothing();
    void cancelled_closesTheWindow();
    void pasteField_isEmptyAfterTaking();
    void pasteField_isEmptiedWhenTheBrowserAnswers();
    void pasteProblem_isShownAndSpoken();
    void browserThatDidNotOpen_offersTheLink();
    void codes_areShownAndWiped();
    void codes_copy_givesTheCode();
    void codes_withoutCompleteUri_haveNoPicture();
    void countdown_movesNothing();
    void qrCode_isBlackOnWhite_withItsThreeEyes();
    void failure_canBeTriedAgainOrChanged();
    void grantThatIsNotStored_canBeStoredAgain();
    void done_saysWho();

private:
    void show()
    {
        m_dialog->present();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }
    void reach(SignInStage stage, SignInWay way = SignInWay::Browser)
    {
        m_dialog->setFacts(samples::signingIn(stage, way));
    }
    void showCodes(const char *complete)
    {
        reach(SignInStage::ShowingCodes, SignInWay::Device);
        m_dialog->setCodes(Secret::copyOf("WDJB-MJHT"), QUrl(QStringLiteral("https://github.com/login/device")),
                           Secret::copyOf(complete));
        show();
    }
    [[nodiscard]] ui::Choice *choice(const QString &title) const
    {
        for (ui::Choice *candidate : m_dialog->page()->findChildren<ui::Choice *>()) {
            if (candidate->accessibleName() == title)
                return candidate;
        }
        return nullptr;
    }
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

    fakes::FakeClock m_clock;
    std::unique_ptr<ui::SignInDialog> m_dialog;
};

void SignInDialogTest::init()
{
    m_clock.wall = samples::now();
    m_dialog = std::make_unique<ui::SignInDialog>(m_clock);
    m_dialog->setOffers(samples::signInOffers());
}

void SignInDialogTest::providers_withoutAWay_areDisabledAndSayWhy()
{
    show();
    const ui::Choice *qwen = choice(QStringLiteral("Qwen"));
    QVERIFY(qwen != nullptr && !qwen->isEnabled());
    QCOMPARE(qwen->accessibleDescription(), QStringLiteral("the service behind this login has ended"));
    QVERIFY(choice(QStringLiteral("Anthropic"))->isEnabled());
}

void SignInDialogTest::provider_isChosenByArrowsAndEnter()
{
    show();
    QCOMPARE(m_dialog->focusWidget(), choice(QStringLiteral("Anthropic")));
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Down);
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Return);
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("Sign in to GitHub"));
}

void SignInDialogTest::unknownProvider_leadsToTheList()
{
    m_dialog->preselect(QStringLiteral("qwen"));
    QVERIFY(choice(QStringLiteral("Anthropic")) != nullptr);
    m_dialog->preselect(QStringLiteral("nobody"));
    QVERIFY(choice(QStringLiteral("Anthropic")) != nullptr);
}

void SignInDialogTest::leastScopes_areCheckedAndLocked()
{
    m_dialog->preselect(QStringLiteral("anthropic"));
    show();
    const service::SignInOffer offer = samples::signInOffers().front();
    for (const service::SignInOffer::Scope &scope : offer.scopes) {
        ui::Choice *box = choice(scope.words.isEmpty() ? scope.name : scope.words);
        QVERIFY2(box != nullptr, qPrintable(scope.name));
        QCOMPARE(box->isChecked(), scope.isLeast);
        QCOMPARE(box->isEnabled(), !scope.isLeast);
        QTest::mouseClick(box, Qt::LeftButton);
        QVERIFY2(box->isChecked(), qPrintable(scope.name)); // a locked one stays, an optional one is taken
    }
}

void SignInDialogTest::chosenWayAndScopes_areInTheWish()
{
    std::optional<service::SignInWish> wish;
    connect(m_dialog.get(), &ui::SignInDialog::startRequested, this, [&](const auto &wanted) { wish = wanted; });
    m_dialog->preselect(QStringLiteral("anthropic"));
    show();
    QTest::mouseClick(choice(QStringLiteral("In the browser, and paste the answer here")), Qt::LeftButton);
    QTest::mouseClick(choice(QStringLiteral("create API keys")), Qt::LeftButton);
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QVERIFY(wish.has_value());
    QCOMPARE(wish->providerId, QStringLiteral("anthropic"));
    QCOMPARE(wish->profileId, QString());
    QCOMPARE(wish->way, SignInWay::Paste);
    QCOMPARE(wish->scopes, (QStringList{QStringLiteral("user:profile"), QStringLiteral("user:inference"),
                                        QStringLiteral("org:create_api_key")}));
    QVERIFY(m_dialog->isUnderWay());
}

void SignInDialogTest::oneWay_isNoQuestion()
{
    std::optional<service::SignInWish> wish;
    connect(m_dialog.get(), &ui::SignInDialog::startRequested, this, [&](const auto &wanted) { wish = wanted; });
    m_dialog->preselect(QStringLiteral("github"));
    show();
    QVERIFY(says(QStringLiteral("With a code, on any device")));
    button(QStringLiteral("Sign in"))->click();
    QCOMPARE(wish.value().way, SignInWay::Device);
}

void SignInDialogTest::renewal_keepsProfileWayAndScopes()
{
    std::optional<service::SignInWish> wish;
    connect(m_dialog.get(), &ui::SignInDialog::startRequested, this, [&](const auto &wanted) { wish = wanted; });
    m_dialog->setWish({.providerId = QStringLiteral("anthropic"),
                       .profileId = QStringLiteral("p1"),
                       .way = SignInWay::Paste,
                       .scopes = {QStringLiteral("user:file_upload")}},
                      QStringLiteral("Anthropic · me"));
    show();
    QVERIFY(says(QStringLiteral("Anthropic · me")));
    QVERIFY(button(QStringLiteral("Other provider")) == nullptr);
    button(QStringLiteral("Sign in"))->click();
    QCOMPARE(wish.value().profileId, QStringLiteral("p1"));
    QCOMPARE(wish->way, SignInWay::Paste);
    QCOMPARE(wish->scopes, (QStringList{QStringLiteral("user:profile"), QStringLiteral("user:inference"),
                                        QStringLiteral("user:file_upload")}));
}

void SignInDialogTest::serverThatDecides_isSaid()
{
    m_dialog->preselect(QStringLiteral("example"));
    show();
    QVERIFY(says(QStringLiteral("The server decides.")));
}

void SignInDialogTest::otherServer_isAskedOnce_andLeadsOn()
{
    std::vector<service::CustomServer> asked;
    connect(m_dialog.get(), &ui::SignInDialog::discoverRequested, this,
            [&](const auto &server) { asked.push_back(server); });
    show();
    QTest::mouseClick(choice(QStringLiteral("Another server…")), Qt::LeftButton);
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QVERIFY(!m_dialog->page()->primary()->isEnabled());
    const QList<ui::Field *> fields = m_dialog->page()->findChildren<ui::Field *>();
    QCOMPARE(fields.size(), 2);
    QCOMPARE(m_dialog->focusWidget(), fields.first());
    QTest::keyClicks(fields.first(), QStringLiteral(" login.example.com "));
    QTest::keyClicks(fields.last(), QStringLiteral("my-client"));
    QTest::keyClick(fields.last(), Qt::Key_Return);
    QTest::keyClick(fields.last(), Qt::Key_Return); // while it is asked
    QCOMPARE(asked.size(), std::size_t(1));
    QCOMPARE(asked.front().issuer, QStringLiteral("https://login.example.com"));
    QCOMPARE(asked.front().clientId, QStringLiteral("my-client"));
    QVERIFY(says(QStringLiteral("Asking the server…")));
    m_dialog->setDiscovered(QStringLiteral("example"));
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("Sign in to login.example.com"));
}

void SignInDialogTest::otherServer_thatFails_keepsWhatWasWritten()
{
    show();
    QTest::mouseClick(choice(QStringLiteral("Another server…")), Qt::LeftButton);
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    const QList<ui::Field *> fields = m_dialog->page()->findChildren<ui::Field *>();
    QTest::keyClicks(fields.first(), QStringLiteral("http://localhost:9"));
    QTest::keyClicks(fields.last(), QStringLiteral("x"));
    QTest::keyClick(fields.last(), Qt::Key_Return);
    m_dialog->setDiscoveryProblem(QStringLiteral("http://localhost:9: nobody answers"));
    QVERIFY(says(QStringLiteral("nobody answers")));
    QVERIFY(!says(QStringLiteral("Asking the server…")));
    QCOMPARE(fields.first()->text(), QStringLiteral("http://localhost:9"));
    QVERIFY(m_dialog->page()->primary()->isEnabled());
}

void SignInDialogTest::otherServer_leftMeanwhile_isNotForcedOnAnybody()
{
    show();
    QTest::mouseClick(choice(QStringLiteral("Another server…")), Qt::LeftButton);
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    button(QStringLiteral("Back"))->click();
    m_dialog->setDiscovered(QStringLiteral("example"));
    QVERIFY(choice(QStringLiteral("Anthropic")) != nullptr);
}

void SignInDialogTest::stages_areSaidInOrder_data()
{
    QTest::addColumn<SignInStage>("stage");
    QTest::addColumn<QString>("underWay");
    QTest::newRow("preparing") << SignInStage::Preparing << "Get ready";
    QTest::newRow("browser") << SignInStage::WaitingForBrowser << "You sign in in the browser";
    QTest::newRow("exchanging") << SignInStage::Exchanging << "Fetch the tokens";
    QTest::newRow("account") << SignInStage::ReadingAccount << "Ask whose account it is";
    QTest::newRow("keeping") << SignInStage::Keeping << "Store the login safely";
}

void SignInDialogTest::stages_areSaidInOrder()
{
    QFETCH(const SignInStage, stage);
    QFETCH(const QString, underWay);
    reach(stage);
    show();
    QStringList spoken;
    for (const QLabel *label : m_dialog->page()->findChildren<QLabel *>()) {
        if (label->isVisible() && label->accessibleName().startsWith(QStringLiteral("Under way: ")))
            spoken += label->accessibleName();
    }
    QCOMPARE(spoken, QStringList{QStringLiteral("Under way: ") + underWay});
    QVERIFY(says(samples::signingIn(stage, SignInWay::Browser).text));
    QVERIFY(m_dialog->page()->findChild<ui::BusySign *>() != nullptr);
}

void SignInDialogTest::escape_cancels()
{
    const QSignalSpy cancelled(m_dialog.get(), &ui::SignInDialog::cancelRequested);
    reach(SignInStage::WaitingForBrowser);
    show();
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(!m_dialog->isVisible() && !m_dialog->isUnderWay());
}

void SignInDialogTest::closing_whileUnderWay_cancels()
{
    const QSignalSpy cancelled(m_dialog.get(), &ui::SignInDialog::cancelRequested);
    reach(SignInStage::Exchanging);
    show();
    m_dialog->close();
    QCOMPARE(cancelled.count(), 1);
    reach(SignInStage::Exchanging);
    show();
    button(QStringLiteral("Cancel"))->click();
    QCOMPARE(cancelled.count(), 2);
}

void SignInDialogTest::closing_beforeAndAfter_cancelsNothing()
{
    const QSignalSpy cancelled(m_dialog.get(), &ui::SignInDialog::cancelRequested);
    show();
    m_dialog->close();
    for (const SignInStage stage : {SignInStage::Done, SignInStage::Failed}) {
        reach(stage);
        show();
        m_dialog->close();
    }
    QCOMPARE(cancelled.count(), 0);
}

void SignInDialogTest::cancelled_closesTheWindow()
{
    const QSignalSpy cancelled(m_dialog.get(), &ui::SignInDialog::cancelRequested);
    reach(SignInStage::Exchanging);
    show();
    reach(SignInStage::Cancelled);
    QVERIFY(!m_dialog->isVisible());
    QCOMPARE(cancelled.count(), 0);
}

void SignInDialogTest::pasteField_isEmptyAfterTaking()
{
    QByteArray got;
    connect(m_dialog.get(), &ui::SignInDialog::pasted, this,
            [&](const Secret &text) { got = QByteArray(text.expose().data(), qsizetype(text.size())); });
    reach(SignInStage::WaitingForBrowser, SignInWay::Paste);
    show();
    auto *field = m_dialog->findChild<ui::SecretField *>();
    QCOMPARE(m_dialog->focusWidget(), field);
    QVERIFY(!button(QStringLiteral("Use it"))->isEnabled());
    QGuiApplication::clipboard()->setText(QStringLiteral("the-code#the-state\n"));
    QTest::keySequence(field, QKeySequence::Paste);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(got, QByteArray("the-code#the-state"));
    QCOMPARE(field->text(), QString());
    QVERIFY(field->holdsNothing());
    QCOMPARE(QGuiApplication::clipboard()->text(), QString());
    got.clear();
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(got, QByteArray());
}

void SignInDialogTest::pasteField_isEmptiedWhenTheBrowserAnswers()
{
    reach(SignInStage::WaitingForBrowser);
    show();
    auto *field = m_dialog->findChild<ui::SecretField *>();
    QTest::keyClicks(field, QStringLiteral("half a code"));
    reach(SignInStage::Exchanging);
    QVERIFY(field->holdsNothing() && !field->isVisible());
}

void SignInDialogTest::pasteProblem_isShownAndSpoken()
{
    reach(SignInStage::WaitingForBrowser);
    show();
    const int before = m_dialog->height();
    m_dialog->setPasteProblem(QStringLiteral("no code in it"));
    QTRY_VERIFY(m_dialog->height() > before);
    QVERIFY(says(QStringLiteral("no code in it")));
    auto *field = m_dialog->findChild<ui::SecretField *>();
    QCOMPARE(field->accessibleDescription(), QStringLiteral("no code in it"));
    QCOMPARE(m_dialog->focusWidget(), field);
    QTest::keyClicks(field, QStringLiteral("x"));
    button(QStringLiteral("Use it"))->click();
    QVERIFY(!says(QStringLiteral("no code in it")));
}

void SignInDialogTest::browserThatDidNotOpen_offersTheLink()
{
    const QSignalSpy copied(m_dialog.get(), &ui::SignInDialog::copyLinkRequested);
    reach(SignInStage::WaitingForBrowser);
    show();
    button(QStringLiteral("Copy link"))->click();
    auto facts = samples::signingIn(SignInStage::WaitingForBrowser, SignInWay::Browser);
    facts.hint = QStringLiteral("The browser did not open.");
    m_dialog->setFacts(facts);
    QVERIFY(says(facts.hint));
    button(QStringLiteral("Copy link"))->click();
    QCOMPARE(copied.count(), 2);
    facts.hasAddress = false;
    facts.hint.clear();
    m_dialog->setFacts(facts);
    QVERIFY(button(QStringLiteral("Copy link")) == nullptr);
}

void SignInDialogTest::codes_areShownAndWiped()
{
    const QSignalSpy opened(m_dialog.get(), &ui::SignInDialog::openVerificationRequested);
    showCodes("https://github.com/login/device?user_code=WDJB-MJHT");
    QVERIFY(says(QStringLiteral("WDJB-MJHT")));
    QVERIFY(says(QStringLiteral("Good for another 14 min")));
    auto *picture = m_dialog->findChild<ui::QrCode *>();
    QVERIFY(picture->isVisible() && !picture->isEmpty());
    auto *link = m_dialog->findChild<ui::LinkLabel *>();
    link->setFocus(Qt::TabFocusReason);
    QTest::keyClick(link, Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QTest::mouseClick(link, Qt::LeftButton, {}, QPoint(5, 5));
    QCOMPARE(opened.count(), 2);
    reach(SignInStage::Exchanging, SignInWay::Device);
    QVERIFY(picture->isEmpty());
    for (const QLabel *label : m_dialog->findChildren<QLabel *>())
        QVERIFY(!label->text().contains(QStringLiteral("WDJB"))
                && !label->accessibleName().contains(QStringLiteral("WDJB")));
}

void SignInDialogTest::codes_copy_givesTheCode()
{
    showCodes("");
    button(QStringLiteral("Copy"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("WDJB-MJHT"));
}

void SignInDialogTest::codes_withoutCompleteUri_haveNoPicture()
{
    showCodes("");
    QVERIFY(!m_dialog->findChild<ui::QrCode *>()->isVisible());
    QVERIFY(!says(QStringLiteral("camera")));
}

void SignInDialogTest::countdown_movesNothing()
{
    showCodes("https://github.com/login/device?user_code=WDJB-MJHT");
    const auto places = [this] {
        QList<QRect> found;
        for (const QWidget *widget : m_dialog->findChildren<QWidget *>()) {
            if (widget->isVisible())
                found += QRect(widget->mapTo(m_dialog.get(), QPoint()), widget->size());
        }
        return found;
    };
    const QList<QRect> before = places();
    m_clock.wall += std::chrono::seconds(850);
    QTRY_VERIFY(says(QStringLiteral("less than a minute")));
    QCOMPARE(places(), before);
    m_clock.wall += std::chrono::seconds(60);
    QTRY_VERIFY(says(QStringLiteral("It is no longer good")));
    QCOMPARE(places(), before);
}

void SignInDialogTest::qrCode_isBlackOnWhite_withItsThreeEyes()
{
    ui::QrCode code;
    code.encode(Secret::copyOf("https://example.com/device?user_code=WDJB-MJHT"));
    code.resize(code.sizeHint());
    const QImage picture = code.grab().toImage();
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const QRgb pixel = picture.pixel(x, y);
            QVERIFY(pixel == qRgb(0, 0, 0) || pixel == qRgb(255, 255, 255));
        }
    }
    // ISO/IEC 18004: four white modules around, then an eye of 7 in three corners: dark, light, and 3 dark inside.
    const QColor first = picture.pixelColor(picture.width() / 2, 0);
    QCOMPARE(first, QColor(Qt::white));
    int quiet = 0;
    while (picture.pixelColor(quiet, quiet) == Qt::white)
        ++quiet;
    const int module = quiet / 4;
    QVERIFY(module > 0);
    QCOMPARE(quiet % 4, 0);
    const auto isDark = [&](int column, int row) {
        const int edge = picture.width() / module - 8;
        return picture.pixelColor((4 + (column < 0 ? edge + column : column)) * module + module / 2,
                                  (4 + (row < 0 ? edge + row : row)) * module + module / 2)
               == Qt::black;
    };
    for (const int column : {3, -4}) {
        QVERIFY(isDark(column, 0) && !isDark(column, 1) && isDark(column, 3) && !isDark(column, 7));
    }
    QVERIFY(isDark(3, -1) && !isDark(3, -2) && isDark(3, -4) && !isDark(3, -8));
    code.encode(Secret::copyOf(std::string(4000, 'x'))); // more than any QR code holds
    QVERIFY(code.isEmpty());
}

void SignInDialogTest::failure_canBeTriedAgainOrChanged()
{
    std::optional<service::SignInWish> wish;
    connect(m_dialog.get(), &ui::SignInDialog::startRequested, this, [&](const auto &wanted) { wish = wanted; });
    m_dialog->preselect(QStringLiteral("anthropic"));
    show();
    button(QStringLiteral("Sign in"))->click();
    reach(SignInStage::Failed);
    QVERIFY(says(QStringLiteral("Port 1455")) && says(QStringLiteral("End that program")));
    wish.reset();
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QCOMPARE(wish.value().providerId, QStringLiteral("anthropic"));
    reach(SignInStage::Failed);
    button(QStringLiteral("Change…"))->click();
    QVERIFY(choice(QStringLiteral("In the browser")) != nullptr);
}

void SignInDialogTest::grantThatIsNotStored_canBeStoredAgain()
{
    const QSignalSpy started(m_dialog.get(), &ui::SignInDialog::startRequested);
    const QSignalSpy again(m_dialog.get(), &ui::SignInDialog::storeAgainRequested);
    auto facts = samples::signingIn(SignInStage::Failed, SignInWay::Browser);
    facts.canRetry = true;
    m_dialog->setFacts(facts);
    show();
    button(QStringLiteral("Store again"))->click();
    QCOMPARE(again.count(), 1);
    QCOMPARE(started.count(), 0);
}

void SignInDialogTest::done_saysWho()
{
    reach(SignInStage::Done);
    show();
    QVERIFY(says(QStringLiteral("Anthropic · dev@example.com")));
    QVERIFY(says(QStringLiteral("You can close this window.")));
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QVERIFY(!m_dialog->isVisible());
}

QTEST_MAIN(SignInDialogTest)
#include "signindialog.moc"

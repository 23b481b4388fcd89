// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/settingsdialog.h"

#include <algorithm>

#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "samplesettings.h"
#include "ui/choice.h"
#include "ui/field.h"
#include "ui/githostspage.h"
#include "ui/page.h"
#include "ui/pickers.h"
#include "ui/placespage.h"
#include "ui/sectionrow.h"

using namespace keytender;
using namespace std::chrono_literals;
using Section = ui::SettingsDialog::Section;
using Start = ui::SettingsSubject::Start;

class SettingsDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_dialog.reset(); }

    void index_saysWhatStandsInEachPage();
    void row_leadsToItsPage_andBackComesBackToIt();
    void openingAPage_changesNothing_data();
    void openingAPage_changesNothing();
    void start_isSavedAtOnce();
    void refusal_isSaidInPlace_andTheSettingStays();
    void switchedOffByTheDesktop_isTold_andAPersonMayInsist();
    void foreignEntry_isTold();
    void startProblem_isTold();
    void language_isSaved();
    void percent_isSavedWithEachStep_andOnceWhenWritten();
    void reminders_areAddedInTheirOrder_andRemoved();
    void reminder_beyondAYear_isNotAdded();
    void rotation_isSwitchedOffAndOn();
    void homes_areAddedOnce_andRemoved();
    void unusableHome_saysWhy();
    void logins_leadToTheirDialogs();
    void gitHost_isTakenAsItIsPasted_data();
    void gitHost_isTakenAsItIsPasted();
    void gitHost_thatIsNone_isNotAdded();
    void gitHost_isRemoved();
    void fileProblem_standsOnTheFirstPage();
    void programs_haveALine_whereTheyAreAskedFor();
    void guestPage_standsAmongTheOthers();
    void saved_fadesWithoutMovingAnything();

private:
    template <class T>
    [[nodiscard]] QList<T *> shown() const
    {
        QList<T *> found = m_dialog->page()->findChildren<T *>();
        found.removeIf([](const T *widget) { return !widget->isVisible(); });
        return found;
    }
    [[nodiscard]] QPushButton *button(const QString &caption, int which = 0) const
    {
        for (QPushButton *candidate : shown<QPushButton>()) {
            if (candidate->text() == caption && which-- == 0)
                return candidate;
        }
        return nullptr;
    }
    [[nodiscard]] bool says(const QString &text) const
    {
        return std::ranges::any_of(shown<QLabel>(), [&](const QLabel *label) { return label->text().contains(text); });
    }
    void open(Section section)
    {
        m_dialog->open(section);
        QCoreApplication::processEvents();
    }

    samples::SettingsInMemory m_settings;
    std::unique_ptr<ui::SettingsDialog> m_dialog;
};

namespace {

const base::Error refusal{base::ErrorKind::Refused, QStringLiteral("~/.config/keytender/config.json"),
                          QStringLiteral("renewAtPercent"), QStringLiteral("somebody else has changed it meanwhile")};

} // namespace

void SettingsDialogTest::init()
{
    m_settings = {};
    m_settings.settings = samples::someSettings();
    ui::SettingsAccess access = m_settings.access();
    m_dialog = std::make_unique<ui::SettingsDialog>(ui::SettingsAccess{
        .current = access.current, .change = [this, change = access.change](const service::Settings &wanted) {
            auto done = change(wanted);
            if (done)
                m_dialog->follow(); // as the service's settingsChanged() has it
            return done;
        }});
    m_dialog->setSubject(samples::settingsSubject());
    m_dialog->present();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

void SettingsDialogTest::index_saysWhatStandsInEachPage()
{
    QStringList summaries;
    for (const ui::SectionRow *row : shown<ui::SectionRow>())
        summaries += row->accessibleName() + QStringLiteral(": ") + row->summary();
    QCOMPARE(summaries,
             (QStringList{QStringLiteral("General: Starts with the session · the desktop's language"),
                          QStringLiteral("Renewal and reminders: After 80 % of a token's life · 4 reminders"),
                          QStringLiteral("Places: 2 further homes"),
                          QStringLiteral("Logins: 3 renewed by Keytender · 1 only watched"),
                          QStringLiteral("Git hosts: git.example.com:8443, github.com")}));
}

void SettingsDialogTest::row_leadsToItsPage_andBackComesBackToIt()
{
    ui::SectionRow *places = shown<ui::SectionRow>().at(2);
    places->setFocus();
    QTest::keyClick(places, Qt::Key_Return);
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("Places"));
    button(QStringLiteral("Back"))->click();
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("Settings"));
    QCOMPARE(m_dialog->focusWidget(), places);
}

void SettingsDialogTest::openingAPage_changesNothing_data()
{
    QTest::addColumn<int>("section");
    for (const Section section :
         {Section::General, Section::Renewal, Section::Places, Section::Logins, Section::GitHosts})
        QTest::addRow("%d", int(section)) << int(section);
}

void SettingsDialogTest::openingAPage_changesNothing()
{
    QFETCH(const int, section);
    m_settings.settings.rotationReminderDays = 0;
    m_settings.settings.renewAtPercent = 77;
    m_settings.settings.signInEnds = {};
    open(Section(section));
    m_dialog->follow();
    QCOMPARE(m_settings.changes, 0);
}

void SettingsDialogTest::start_isSavedAtOnce()
{
    open(Section::General);
    auto *start = shown<ui::Choice>().at(0);
    QVERIFY(start->isChecked());
    start->click();
    QCOMPARE(m_settings.changes, 1);
    QVERIFY(!m_settings.settings.startsWithSession);
    QVERIFY(says(QStringLiteral("Saved")));
}

void SettingsDialogTest::refusal_isSaidInPlace_andTheSettingStays()
{
    m_settings.refusal = refusal;
    open(Section::General);
    shown<ui::Choice>().at(0)->click();
    QVERIFY(says(base::describe(refusal)));
    QVERIFY(!says(QStringLiteral("Saved")));
    QVERIFY(shown<ui::Choice>().at(0)->isChecked());
    open(Section::Renewal);
    auto *percent = shown<ui::NumberPicker>().at(0);
    percent->stepUp();
    QVERIFY(says(base::describe(refusal)));
    QCOMPARE(percent->value(), 80);
    open(Section::General);
    shown<ui::Choice>().at(3)->click();
    QVERIFY(shown<ui::Choice>().at(1)->isChecked());
}

void SettingsDialogTest::switchedOffByTheDesktop_isTold_andAPersonMayInsist()
{
    ui::SettingsSubject subject = samples::settingsSubject();
    subject.start = {.standing = Start::Standing::SwitchedOff, .file = QStringLiteral("/x/keytender.desktop")};
    m_dialog->setSubject(subject);
    const QSignalSpy insisted(m_dialog.get(), &ui::SettingsDialog::startInsisted);
    open(Section::General);
    QVERIFY(says(QStringLiteral("switched it off, in /x/keytender.desktop")));
    button(QStringLiteral("Start it all the same"))->click();
    QCOMPARE(insisted.count(), 1);
    shown<ui::Choice>().at(0)->click(); // who wants it off is told nothing
    QVERIFY(!says(QStringLiteral("switched it off")));
    QVERIFY(button(QStringLiteral("Start it all the same")) == nullptr);
}

void SettingsDialogTest::foreignEntry_isTold()
{
    ui::SettingsSubject subject = samples::settingsSubject();
    subject.start = {.standing = Start::Standing::Foreign, .file = QStringLiteral("/x/keytender.desktop")};
    m_dialog->setSubject(subject);
    open(Section::General);
    QVERIFY(says(QStringLiteral("/x/keytender.desktop says so, and Keytender did not write that.")));
}

void SettingsDialogTest::startProblem_isTold()
{
    ui::SettingsSubject subject = samples::settingsSubject();
    subject.start.problem = QStringLiteral("~/.config/autostart: no space left");
    open(Section::General);
    m_dialog->setSubject(subject);
    QVERIFY(says(subject.start.problem));
    QVERIFY(m_settings.settings.startsWithSession);
}

void SettingsDialogTest::language_isSaved()
{
    open(Section::General);
    const QList<ui::Choice *> choices = shown<ui::Choice>();
    QCOMPARE(choices.size(), 4);
    QVERIFY(choices.at(1)->isChecked());
    QCOMPARE(choices.at(2)->text(), QStringLiteral("Deutsch"));
    QCOMPARE(choices.at(3)->text(), QStringLiteral("English"));
    choices.at(2)->click();
    QCOMPARE(m_settings.settings.language, QStringLiteral("de"));
    choices.at(1)->click();
    QCOMPARE(m_settings.settings.language, QString());
}

void SettingsDialogTest::percent_isSavedWithEachStep_andOnceWhenWritten()
{
    open(Section::Renewal);
    auto *percent = shown<ui::NumberPicker>().at(0);
    percent->setFocus();
    QTest::keyClick(percent, Qt::Key_Up);
    QCOMPARE(m_settings.settings.renewAtPercent, 85);
    QCOMPARE(m_settings.changes, 1);
    percent->selectAll();
    QTest::keyClicks(percent, QStringLiteral("62"));
    QCOMPARE(m_settings.changes, 1);
    QTest::keyClick(percent, Qt::Key_Return);
    QCOMPARE(m_settings.settings.renewAtPercent, 62);
    QCOMPARE(m_settings.changes, 2);
    QVERIFY(m_dialog->isVisible());
    percent->setValue(200);
    QCOMPARE(m_settings.settings.renewAtPercent, 95);
}

void SettingsDialogTest::reminders_areAddedInTheirOrder_andRemoved()
{
    open(Section::Renewal);
    shown<ui::NumberPicker>().at(1)->setValue(14);
    button(QStringLiteral("Add"))->click();
    QCOMPARE(m_settings.settings.signInEnds, (service::Ladder{336h, 168h, 72h, 24h, 2h}));
    QVERIFY(says(QStringLiteral("14 days")));
    auto *unit = shown<ui::WordPicker>().at(0);
    unit->setCurrentIndex(2);
    shown<ui::NumberPicker>().at(1)->setValue(30);
    button(QStringLiteral("Add"))->click();
    button(QStringLiteral("Add"))->click(); // once is enough
    QCOMPARE(m_settings.settings.signInEnds, (service::Ladder{336h, 168h, 72h, 24h, 2h, 30min}));
    button(QStringLiteral("Remove"), 1)->click();
    QCOMPARE(m_settings.settings.signInEnds, (service::Ladder{336h, 72h, 24h, 2h, 30min}));
    while (QPushButton *remove = button(QStringLiteral("Remove")))
        remove->click();
    QVERIFY(m_settings.settings.signInEnds.empty());
    QCoreApplication::processEvents();
    QVERIFY(says(QStringLiteral("Nobody is reminded.")));
}

void SettingsDialogTest::reminder_beyondAYear_isNotAdded()
{
    open(Section::Renewal);
    auto *number = shown<ui::NumberPicker>().at(1);
    number->setValue(9999);
    QCOMPARE(number->value(), 366);
    button(QStringLiteral("Add"))->click();
    QCOMPARE(m_settings.settings.signInEnds.front(), std::chrono::seconds(366 * 24h));
}

void SettingsDialogTest::rotation_isSwitchedOffAndOn()
{
    open(Section::Renewal);
    auto *reminds = shown<ui::Choice>().at(0);
    auto *days = shown<ui::NumberPicker>().at(2);
    days->setValue(30);
    QCOMPARE(m_settings.settings.rotationReminderDays, 30);
    reminds->click();
    QCOMPARE(m_settings.settings.rotationReminderDays, 0);
    QVERIFY(!days->isEnabled());
    reminds->click();
    QCOMPARE(m_settings.settings.rotationReminderDays, 30);
}

void SettingsDialogTest::homes_areAddedOnce_andRemoved()
{
    open(Section::Places);
    auto *page = qobject_cast<ui::PlacesPage *>(m_dialog->page());
    const QSignalSpy asked(page, &ui::PlacesPage::directoryRequested);
    disconnect(page, &ui::PlacesPage::directoryRequested, m_dialog.get(), nullptr); // no window of the system's
    shown<ui::WordPicker>().at(0)->setCurrentIndex(1);
    button(QStringLiteral("Add a directory…"))->click();
    QCOMPARE(asked.constFirst().constFirst().toString(), QStringLiteral("codex"));
    page->addHome(QStringLiteral("codex"), QStringLiteral("/srv/codex/"));
    page->addHome(QStringLiteral("codex"), QStringLiteral("/srv/codex"));
    QCOMPARE(m_settings.settings.homes.at(QStringLiteral("codex")),
             (QStringList{QDir::rootPath(), QStringLiteral("/srv/codex")}));
    button(QStringLiteral("Remove"), 0)->click();
    QVERIFY(!m_settings.settings.homes.contains(QStringLiteral("claude-code")));
}

void SettingsDialogTest::unusableHome_saysWhy()
{
    open(Section::Places);
    QVERIFY(says(QStringLiteral("There is no such directory; it is watched for.")));
}

void SettingsDialogTest::logins_leadToTheirDialogs()
{
    const QSignalSpy care(m_dialog.get(), &ui::SettingsDialog::careRequested);
    const QSignalSpy links(m_dialog.get(), &ui::SettingsDialog::linksRequested);
    open(Section::Logins);
    button(QStringLiteral("Care…"), 1)->click();
    button(QStringLiteral("Links…"), 3)->click();
    QCOMPARE(care.constFirst().constFirst().toString(), QStringLiteral("codex-cli"));
    QCOMPARE(links.constFirst().constFirst().toString(), QStringLiteral("own:anthropic"));
    QVERIFY(button(QStringLiteral("Care…"), 3) == nullptr); // nobody else renews our own
}

void SettingsDialogTest::gitHost_isTakenAsItIsPasted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::newRow("a host") << QStringLiteral("gitlab.com") << QStringLiteral("gitlab.com");
    QTest::newRow("capitals") << QStringLiteral(" GitLab.com ") << QStringLiteral("gitlab.com");
    QTest::newRow("an address") << QStringLiteral("https://dev@GitLab.com/group/x.git") << QStringLiteral("gitlab.com");
    QTest::newRow("with a port") << QStringLiteral("https://git.lan:8443/") << QStringLiteral("git.lan:8443");
}

void SettingsDialogTest::gitHost_isTakenAsItIsPasted()
{
    QFETCH(const QString, text);
    QFETCH(const QString, host);
    open(Section::GitHosts);
    auto *field = shown<ui::Field>().at(0);
    field->setFocus();
    field->setText(text);
    shown<ui::WordPicker>().at(0)->setCurrentIndex(2);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(m_settings.settings.gitHosts[host], QStringLiteral("gh-cli"));
    QCOMPARE(field->text(), QString());
    QVERIFY(m_dialog->isVisible());
}

void SettingsDialogTest::gitHost_thatIsNone_isNotAdded()
{
    open(Section::GitHosts);
    auto *field = shown<ui::Field>().at(0);
    field->setText(QStringLiteral("github.com/me"));
    button(QStringLiteral("Add"))->click();
    QCOMPARE(m_settings.changes, 0);
    QVERIFY(says(QStringLiteral("This is no host")));
    QCOMPARE(field->text(), QStringLiteral("github.com/me"));
}

void SettingsDialogTest::gitHost_isRemoved()
{
    open(Section::GitHosts);
    QVERIFY(says(QStringLiteral("own:example, which is not here just now")));
    button(QStringLiteral("Remove"))->click();
    QCOMPARE(m_settings.settings.gitHosts.size(), std::size_t(1));
    QVERIFY(m_settings.settings.gitHosts.contains(QStringLiteral("github.com")));
}

void SettingsDialogTest::fileProblem_standsOnTheFirstPage()
{
    m_dialog->setFileProblem(base::describe(refusal));
    QVERIFY(says(base::describe(refusal)));
    m_dialog->setFileProblem({});
    QVERIFY(!says(base::describe(refusal)));
}

void SettingsDialogTest::programs_haveALine_whereTheyAreAskedFor()
{
    const QSignalSpy asked(m_dialog.get(), &ui::SettingsDialog::programsRequested);
    QCOMPARE(shown<ui::SectionRow>().size(), 5);
    m_dialog->addPrograms();
    ui::SectionRow *row = shown<ui::SectionRow>().constLast();
    QCOMPARE(row->accessibleName(), QStringLiteral("Programs"));
    row->click();
    QCOMPARE(asked.count(), 1);
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("Settings"));
}

void SettingsDialogTest::guestPage_standsAmongTheOthers()
{
    auto *content = new QPushButton(QStringLiteral("Revoke"));
    m_dialog->addPage(QStringLiteral("Programs"), QStringLiteral("Nobody was asked yet"), content);
    ui::SectionRow *row = shown<ui::SectionRow>().constLast();
    QCOMPARE(row->accessibleName(), QStringLiteral("Programs"));
    QCOMPARE(row->summary(), QStringLiteral("Nobody was asked yet"));
    row->click();
    QVERIFY(content->isVisible());
    button(QStringLiteral("Back"))->click();
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("Settings"));
}

void SettingsDialogTest::saved_fadesWithoutMovingAnything()
{
    open(Section::General);
    const QRect before = shown<ui::Choice>().at(0)->geometry();
    const QSize size = m_dialog->size();
    shown<ui::Choice>().at(0)->click();
    QCoreApplication::processEvents();
    QCOMPARE(shown<ui::Choice>().at(0)->geometry(), before);
    QTRY_VERIFY(!says(QStringLiteral("Saved")));
    QCOMPARE(shown<ui::Choice>().at(0)->geometry(), before);
    QCOMPARE(m_dialog->size(), size);
}

QTEST_MAIN(SettingsDialogTest)
#include "settingsdialog.moc"

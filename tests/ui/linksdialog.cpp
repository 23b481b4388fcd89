// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include "fakes/fakeclock.h"
#include "sampleneighbours.h"
#include "samplerows.h"
#include "ui/choice.h"
#include "ui/field.h"
#include "ui/linesfield.h"
#include "ui/linksdialog.h"
#include "ui/page.h"

using namespace keytender;
using service::Link;
using service::LinkWay;

class LinksDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_dialog.reset(); }

    void links_showWhatHolds_andDoNothingByThemselves();
    void anotherWay_isAppliedForThatLinkAlone();
    void whatCannotBeLinked_saysWhy();
    void problem_standsWithItsLink();
    void refusal_standsInTheCard();
    void variable_isKeptWithItsCommandAsArguments();
    void variable_needsAFileAndAName_data();
    void variable_needsAFileAndAName();
    void variable_withAnotherName_takesThePlaceOfTheOld();
    void variable_thatIsRefused_staysInTheForm_andTheOldOneStays();
    void command_takesEnterAsALine_andTabLeaves();
    void back_keepsTheWaysThatWereChosen();

private:
    template <class T>
    [[nodiscard]] QList<T *> shown() const
    {
        QList<T *> found = m_dialog->page()->findChildren<T *>();
        found.removeIf([](const T *widget) { return !widget->isVisible(); });
        return found;
    }
    [[nodiscard]] QPushButton *button(const QString &caption) const
    {
        for (QPushButton *candidate : shown<QPushButton>()) {
            if (candidate->text() == caption)
                return candidate;
        }
        return nullptr;
    }
    [[nodiscard]] bool says(const QString &text) const
    {
        return std::ranges::any_of(shown<QLabel>(), [&](const QLabel *label) { return label->text().contains(text); });
    }
    [[nodiscard]] Link linked(const QString &id) const
    {
        const auto found = std::ranges::find(m_neighbours->linked, id, &Link::id);
        return found == m_neighbours->linked.end() ? Link() : *found;
    }

    fakes::FakeClock m_clock;
    std::unique_ptr<fakes::FakeNeighbours> m_neighbours;
    std::unique_ptr<ui::LinksDialog> m_dialog;
};

namespace {

const base::Error refusal{base::ErrorKind::ReadOnly, QStringLiteral("~/gateway/.env"), {}, {}};

QString idOf(const QString &file, const QString &variable)
{
    return QStringLiteral("claude-cli>env:%1:%2").arg(file, variable);
}

} // namespace

void LinksDialogTest::init()
{
    m_clock.wall = samples::now();
    m_neighbours = std::make_unique<fakes::FakeNeighbours>();
    samples::fill(*m_neighbours);
    m_dialog = std::make_unique<ui::LinksDialog>(*m_neighbours, m_clock);
    m_dialog->open(QStringLiteral("claude-cli"));
    m_dialog->present();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

void LinksDialogTest::links_showWhatHolds_andDoNothingByThemselves()
{
    const QList<ui::Choice *> choices = shown<ui::Choice>();
    QCOMPARE(choices.size(), 5); // off, one-way and mirror; off and one-way
    QVERIFY(choices.at(1)->isChecked() && choices.at(4)->isChecked());
    QVERIFY(!m_dialog->page()->primary()->isEnabled());
    QVERIFY(says(QStringLiteral("written 42 min ago")));
    QCOMPARE(m_neighbours->calls, QStringList());
}

void LinksDialogTest::anotherWay_isAppliedForThatLinkAlone()
{
    shown<ui::Choice>().at(2)->click();
    QCOMPARE(m_neighbours->calls, QStringList());
    m_dialog->page()->primary()->click();
    QCOMPARE(m_neighbours->calls, QStringList{QStringLiteral("link claude-cli>openclaw:anthropic:default mirror")});
    QVERIFY(!m_dialog->isVisible());
}

void LinksDialogTest::whatCannotBeLinked_saysWhy()
{
    QVERIFY(says(QStringLiteral("Hermes holds the login of another account: old@example.com.")));
}

void LinksDialogTest::problem_standsWithItsLink()
{
    QVERIFY(says(QStringLiteral("The command ended with 1: no such container.")));
}

void LinksDialogTest::refusal_standsInTheCard()
{
    m_neighbours->refusal = refusal;
    shown<ui::Choice>().at(0)->click();
    m_dialog->page()->primary()->click();
    QVERIFY(m_dialog->isVisible());
    QVERIFY(says(base::describe(refusal)));
    QVERIFY(shown<ui::Choice>().at(0)->isChecked());
}

void LinksDialogTest::variable_isKeptWithItsCommandAsArguments()
{
    button(QStringLiteral("Add a variable in a file…"))->click();
    const QList<ui::Field *> fields = shown<ui::Field>();
    QTest::keyClicks(fields.at(0), QStringLiteral("~/other/.env"));
    QTest::keyClicks(fields.at(1), QStringLiteral("TOKEN"));
    shown<ui::LinesField>().at(0)->setPlainText(QStringLiteral("sh\n-c\nfirst; \"second\"\n\n"));
    m_dialog->page()->primary()->click();
    const QString file = QDir::homePath() + QStringLiteral("/other/.env");
    const Link made = linked(idOf(file, QStringLiteral("TOKEN")));
    QCOMPARE(made.file, file);
    QCOMPARE(made.variable, QStringLiteral("TOKEN"));
    QCOMPARE(made.command,
             QStringList({QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("first; \"second\"")}));
    QCOMPARE(made.way, LinkWay::OneWay);
    QCOMPARE(made.profileId, QStringLiteral("claude-cli"));
    QCOMPARE(shown<ui::Choice>().size(), 7); // back among the others
}

void LinksDialogTest::variable_needsAFileAndAName_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isWhole");
    const auto row = [](const char *title, const char *file, const char *name, bool isWhole) {
        QTest::newRow(title) << QString::fromLatin1(file) << QString::fromLatin1(name) << isWhole;
    };
    row("both", "/srv/gateway/.env", "TOKEN", true);
    row("of home", "~/gateway/.env", "_T0KEN", true);
    row("no file", "", "TOKEN", false);
    row("relative", "gateway/.env", "TOKEN", false);
    row("no name", "/srv/.env", "", false);
    row("begins with a digit", "/srv/.env", "1TOKEN", false);
    row("holds a space", "/srv/.env", "MY TOKEN", false);
    row("holds a line", "/srv/.env", "A=B", false);
}

void LinksDialogTest::variable_needsAFileAndAName()
{
    QFETCH(const QString, file);
    QFETCH(const QString, name);
    QFETCH(const bool, isWhole);
    m_dialog->edit({});
    shown<ui::Field>().at(0)->setText(file);
    shown<ui::Field>().at(1)->setText(name);
    QCOMPARE(m_dialog->page()->primary()->isEnabled(), isWhole);
}

void LinksDialogTest::variable_withAnotherName_takesThePlaceOfTheOld()
{
    const Link old = samples::claudeLinks().at(1);
    button(QStringLiteral("Edit…"))->click();
    QCOMPARE(shown<ui::LinesField>().at(0)->lines(), old.command);
    shown<ui::Field>().at(1)->setText(QStringLiteral("OTHER"));
    m_dialog->page()->primary()->click();
    QCOMPARE(m_neighbours->calls,
             QStringList({QStringLiteral("link %1 one-way").arg(idOf(old.file, QStringLiteral("OTHER"))),
                          QStringLiteral("link %1 off").arg(old.id)}));
}

void LinksDialogTest::variable_thatIsRefused_staysInTheForm_andTheOldOneStays()
{
    m_neighbours->refusal = refusal;
    button(QStringLiteral("Edit…"))->click();
    shown<ui::Field>().at(1)->setText(QStringLiteral("OTHER"));
    m_dialog->page()->primary()->click();
    QVERIFY(says(base::describe(refusal)));
    QCOMPARE(shown<ui::Field>().at(1)->text(), QStringLiteral("OTHER"));
    QCOMPARE(m_neighbours->calls.size(), 1);
}

void LinksDialogTest::command_takesEnterAsALine_andTabLeaves()
{
    m_dialog->edit({});
    auto *command = shown<ui::LinesField>().at(0);
    command->setFocus();
    QTest::keyClicks(command, QStringLiteral("true"));
    QTest::keyClick(command, Qt::Key_Return);
    QTest::keyClicks(command, QStringLiteral("now"));
    QCOMPARE(command->lines(), QStringList({QStringLiteral("true"), QStringLiteral("now")}));
    QTest::keyClick(command, Qt::Key_Tab);
    QVERIFY(!command->hasFocus());
    QCOMPARE(m_neighbours->calls, QStringList());
}

void LinksDialogTest::back_keepsTheWaysThatWereChosen()
{
    shown<ui::Choice>().at(2)->click();
    button(QStringLiteral("Edit…"))->click();
    button(QStringLiteral("Back"))->click();
    QVERIFY(shown<ui::Choice>().at(2)->isChecked());
    Q_EMIT m_neighbours->changed(QStringLiteral("claude-cli"));
    QVERIFY(shown<ui::Choice>().at(2)->isChecked());
}

QTEST_MAIN(LinksDialogTest)
#include "linksdialog.moc"

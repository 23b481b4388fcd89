// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/doctordialog.h"

#include <algorithm>

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include "fakes/fakedoctor.h"
#include "samplefindings.h"
#include "service/doctor/doctortext.h"
#include "ui/findingcard.h"
#include "ui/foldbutton.h"
#include "ui/page.h"

using namespace keytender;
using profile::Severity;

class DoctorDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_dialog.reset(); }

    void opening_looksOnce_andSaysSo();
    void findings_standLoudestFirst_andThoseInOrderAreFolded();
    void fold_showsWhatIsInOrder_andStaysOpen();
    void nothingWrong_isUnfolded();
    void cure_isCarriedOutForThatFinding_andLooksAgain();
    void cure_thatIsRefused_staysWithItsReason();
    void focus_neverGoesToAnotherCureByItself();
    void lookAgain_keepsWhatWasFoundInSight();
    void copy_copiesTheTable();
    void answer_afterTheWindowIsGone_isForNobody();

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

    std::unique_ptr<fakes::FakeDoctor> m_doctor;
    std::unique_ptr<ui::DoctorDialog> m_dialog;
};

void DoctorDialogTest::init()
{
    m_doctor = std::make_unique<fakes::FakeDoctor>();
    m_doctor->findings = samples::findings();
    m_dialog = std::make_unique<ui::DoctorDialog>(*m_doctor);
    m_dialog->present();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

void DoctorDialogTest::opening_looksOnce_andSaysSo()
{
    QCOMPARE(m_doctor->examinations, 0);
    m_doctor->answersAtOnce = false;
    m_dialog->look();
    QCOMPARE(m_doctor->examinations, 1);
    QVERIFY(says(QStringLiteral("Looking at")));
    QVERIFY(!button(QStringLiteral("Look again"))->isEnabled());
    QVERIFY(!button(QStringLiteral("Copy report"))->isEnabled());
    m_doctor->answer();
    QVERIFY(says(service::doctorHeadline(m_doctor->findings)));
    QVERIFY(button(QStringLiteral("Look again"))->isEnabled());
}

void DoctorDialogTest::findings_standLoudestFirst_andThoseInOrderAreFolded()
{
    m_dialog->look();
    const QList<ui::FindingCard *> cards = shown<ui::FindingCard>();
    QVERIFY(cards.size() > 3);
    QCOMPARE(cards.front()->finding().severity, Severity::ActNow);
    for (qsizetype i = 1; i < cards.size(); ++i) {
        QVERIFY(cards.at(i - 1)->finding().severity >= cards.at(i)->finding().severity);
        QVERIFY(cards.at(i - 1)->y() < cards.at(i)->y());
    }
    const auto well = std::ranges::count(m_doctor->findings, Severity::Well, &service::Finding::severity);
    QCOMPARE(cards.size() + well, static_cast<qsizetype>(m_doctor->findings.size()));
    QCOMPARE(shown<ui::FoldButton>().at(0)->text(), QStringLiteral("%1 are in order").arg(well));
    QVERIFY(!says(QStringLiteral("Nobody is in the way")));
}

void DoctorDialogTest::fold_showsWhatIsInOrder_andStaysOpen()
{
    m_dialog->look();
    shown<ui::FoldButton>().at(0)->click();
    QTRY_VERIFY(says(QStringLiteral("Nobody is in the way")));
    m_dialog->look();
    QTRY_VERIFY(says(QStringLiteral("Nobody is in the way")));
    shown<ui::FoldButton>().at(0)->click();
    QVERIFY(!says(QStringLiteral("Nobody is in the way")));
}

void DoctorDialogTest::nothingWrong_isUnfolded()
{
    std::erase_if(m_doctor->findings, [](const auto &finding) { return finding.severity != Severity::Well; });
    m_dialog->look();
    QCOMPARE(shown<ui::FindingCard>().size(), 0);
    QTRY_VERIFY(says(QStringLiteral("Nobody is in the way")));
}

void DoctorDialogTest::cure_isCarriedOutForThatFinding_andLooksAgain()
{
    m_dialog->look();
    const QString id = shown<ui::FindingCard>().front()->finding().id;
    button(QStringLiteral("Make it private"))->click();
    QCOMPARE(m_doctor->cures, QStringList{id});
    QCOMPARE(m_doctor->examinations, 2);
    QTRY_VERIFY(button(QStringLiteral("Make it private")) == nullptr);
    QVERIFY(button(QStringLiteral("Remove the lock")) != nullptr);
}

void DoctorDialogTest::cure_thatIsRefused_staysWithItsReason()
{
    m_doctor->refusal =
        base::Error{.kind = base::ErrorKind::ReadOnly, .subject = QStringLiteral("~/x"), .place = {}, .detail = {}};
    m_dialog->look();
    button(QStringLiteral("Make it private"))->click();
    QCOMPARE(m_doctor->examinations, 1);
    QTRY_VERIFY(says(base::describe(*m_doctor->refusal)));
    QVERIFY(button(QStringLiteral("Make it private")) != nullptr);
}

// Enter pressed twice must not cure twice.
void DoctorDialogTest::focus_neverGoesToAnotherCureByItself()
{
    m_dialog->look();
    QCOMPARE(m_dialog->focusWidget(), m_dialog->page()->primary());
    QPushButton *cure = button(QStringLiteral("Make it private"));
    cure->setFocus();
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QCOMPARE(m_doctor->cures.size(), 1);
    QTRY_COMPARE(m_dialog->focusWidget(), button(QStringLiteral("Look again")));
    QVERIFY(m_dialog->isVisible());
}

void DoctorDialogTest::lookAgain_keepsWhatWasFoundInSight()
{
    m_dialog->look();
    m_doctor->answersAtOnce = false;
    const auto before = shown<ui::FindingCard>().size();
    QPushButton *again = button(QStringLiteral("Look again"));
    again->setFocus();
    again->click();
    QCOMPARE(m_doctor->examinations, 2);
    QCOMPARE(shown<ui::FindingCard>().size(), before);
    QVERIFY(m_dialog->focusWidget() != m_dialog->page()->primary()); // a second Enter would close the window
    m_doctor->answer();
    QTRY_COMPARE(m_dialog->focusWidget(), again);
}

void DoctorDialogTest::copy_copiesTheTable()
{
    m_dialog->look();
    button(QStringLiteral("Copy report"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), service::doctorTable(m_doctor->findings));
    QVERIFY(button(QStringLiteral("Copied")) != nullptr);
}

void DoctorDialogTest::answer_afterTheWindowIsGone_isForNobody()
{
    m_doctor->answersAtOnce = false;
    m_dialog->look();
    m_dialog.reset();
    m_doctor->answer();
}

QTEST_MAIN(DoctorDialogTest)
#include "doctordialog.moc"

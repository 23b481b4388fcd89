// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QMetaProperty>
#include <QSignalSpy>
#include <QTest>

#include "ui/secretfield.h"

using namespace keytender;
using base::Secret;

class SecretFieldTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();

    void typed_standsInTheSecret_andBulletsInTheLine();
    void edited_secretFollowsTheLine_data();
    void edited_secretFollowsTheLine();
    void pasted_joinsBrokenLines_data();
    void pasted_joinsBrokenLines();
    void inputMethod_isHeardAndNotTaught();
    void taking_leavesNothing();
    void taking_clearsTheClipboard_thatStillHoldsIt();
    void taking_leavesTheClipboard_thatHoldsAnotherText();
    void taking_clearsTheSelection_thatStillHoldsIt();
    void typedSecret_leavesTheClipboardAlone();
    void copyAndCut_giveNothing();
    void undoAndRedo_bringNothingBack();
    void writtenAround_isEmptied();
    void screenReaders_hearAPassword_andNoText();
    void properties_holdNoneOfIt();
    void put_dropsTheWhiteSpaceAround();
    void tooLong_isNotTaken();

private:
    void paste(const QString &text)
    {
        QGuiApplication::clipboard()->setText(text);
        QTest::keySequence(m_field.get(), QKeySequence::Paste);
    }
    [[nodiscard]] QString taken()
    {
        const Secret secret = m_field->take();
        return QString::fromUtf8(secret.expose().data(), qsizetype(secret.size()));
    }

    std::unique_ptr<ui::SecretField> m_field;
};

void SecretFieldTest::init()
{
    QGuiApplication::clipboard()->clear();
    m_field = std::make_unique<ui::SecretField>();
    m_field->show();
    m_field->setFocus();
}

void SecretFieldTest::typed_standsInTheSecret_andBulletsInTheLine()
{
    const QSignalSpy changed(m_field.get(), &ui::SecretField::changed);
    QTest::keyClicks(m_field.get(), QStringLiteral("sk-Canary"));
    QCOMPARE(m_field->text(), QString(9, QChar(0x2022)));
    QCOMPARE(changed.count(), 9);
    QCOMPARE(taken(), QStringLiteral("sk-Canary"));
}

void SecretFieldTest::edited_secretFollowsTheLine_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QList<int>>("keys"); // with modifiers, as one number
    QTest::addColumn<QString>("after");
    const int shift = int(Qt::ShiftModifier);
    const int control = int(Qt::ControlModifier);
    QTest::newRow("backspace") << "abcdef" << QList<int>{Qt::Key_Backspace} << "abcde";
    QTest::newRow("backspace in the middle") << "abcdef" << QList<int>{Qt::Key_Left, Qt::Key_Backspace} << "abcdf";
    QTest::newRow("delete at the front") << "abcdef" << QList<int>{Qt::Key_Home, Qt::Key_Delete} << "bcdef";
    QTest::newRow("delete at the end") << "abcdef" << QList<int>{Qt::Key_Delete} << "abcdef";
    QTest::newRow("a selection") << "abcdef"
                                 << QList<int>{Qt::Key_Left, shift | Qt::Key_Left, shift | Qt::Key_Left,
                                               Qt::Key_Backspace}
                                 << "abcf";
    QTest::newRow("a selection from the left")
        << "abcdef"
        << QList<int>{Qt::Key_Home, Qt::Key_Right, shift | Qt::Key_Right, shift | Qt::Key_Right, Qt::Key_Delete}
        << "adef";
    QTest::newRow("over a selection") << "abcdef"
                                      << QList<int>{Qt::Key_Home, shift | Qt::Key_Right, shift | Qt::Key_Right,
                                                    Qt::Key_X}
                                      << "xcdef";
    QTest::newRow("in the middle") << "abcdef" << QList<int>{Qt::Key_Left, Qt::Key_Left, Qt::Key_X} << "abcdxef";
    QTest::newRow("all of it") << "abcdef" << QList<int>{control | Qt::Key_A, Qt::Key_Backspace} << "";
    QTest::newRow("a word") << "abc def" << QList<int>{control | Qt::Key_Backspace} << "";
    QTest::newRow("letters of two bytes") << "äöü€" << QList<int>{Qt::Key_Left, Qt::Key_Backspace} << "äö€";
}

void SecretFieldTest::edited_secretFollowsTheLine()
{
    QFETCH(const QString, before);
    QFETCH(const QList<int>, keys);
    QFETCH(const QString, after);
    paste(before);
    for (const int key : keys) {
        const auto modifiers = Qt::KeyboardModifiers(key & int(Qt::KeyboardModifierMask));
        QTest::keyClick(m_field.get(), Qt::Key(key & ~int(Qt::KeyboardModifierMask)), modifiers);
    }
    QCOMPARE(m_field->text(), QString(after.size(), QChar(0x2022)));
    QCOMPARE(taken(), after);
}

void SecretFieldTest::pasted_joinsBrokenLines_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("held");
    QTest::newRow("one line") << "code#state"
                              << "code#state";
    QTest::newRow("a line's end") << "sk-1\n"
                                  << "sk-1";
    QTest::newRow("white space around") << " \t sk-1 \r\n"
                                        << "sk-1";
    QTest::newRow("broken by a terminal") << "sk-12345\n  67890\r\n  abc\n"
                                          << "sk-1234567890abc";
    QTest::newRow("blanks inside") << "Bearer abc"
                                   << "Bearer abc";
    QTest::newRow("nothing but white space") << " \n\n "
                                             << "";
}

void SecretFieldTest::pasted_joinsBrokenLines()
{
    QFETCH(const QString, pasted);
    QFETCH(const QString, held);
    paste(pasted);
    QCOMPARE(taken(), held);
}

void SecretFieldTest::inputMethod_isHeardAndNotTaught()
{
    QInputMethodEvent event(QStringLiteral("half"), {});
    event.setCommitString(QStringLiteral("Canary"));
    QCoreApplication::sendEvent(m_field.get(), &event);
    QCOMPARE(m_field->text(), QString(6, QChar(0x2022)));
    const auto hints = Qt::InputMethodHints(m_field->inputMethodQuery(Qt::ImHints).toInt());
    QVERIFY(hints.testFlag(Qt::ImhSensitiveData) && hints.testFlag(Qt::ImhHiddenText)
            && hints.testFlag(Qt::ImhNoPredictiveText));
    QVERIFY(!m_field->inputMethodQuery(Qt::ImSurroundingText).toString().contains(QStringLiteral("Canary")));
    QCOMPARE(taken(), QStringLiteral("Canary"));
}

void SecretFieldTest::taking_leavesNothing()
{
    paste(QStringLiteral("sk-Canary"));
    QCOMPARE(taken(), QStringLiteral("sk-Canary"));
    QVERIFY(m_field->holdsNothing());
    QCOMPARE(m_field->text(), QString());
    QVERIFY(!m_field->isUndoAvailable());
    QCOMPARE(taken(), QString());
}

void SecretFieldTest::taking_clearsTheClipboard_thatStillHoldsIt()
{
    paste(QStringLiteral("  sk-Canary\n"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("  sk-Canary\n")); // not before
    QCOMPARE(taken(), QStringLiteral("sk-Canary"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QString());
}

void SecretFieldTest::taking_leavesTheClipboard_thatHoldsAnotherText()
{
    paste(QStringLiteral("sk-Canary"));
    QGuiApplication::clipboard()->setText(QStringLiteral("a shopping list"));
    QCOMPARE(taken(), QStringLiteral("sk-Canary"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a shopping list"));
}

void SecretFieldTest::taking_clearsTheSelection_thatStillHoldsIt()
{
    QClipboard &clipboard = *QGuiApplication::clipboard();
    if (!clipboard.supportsSelection())
        QSKIP("only X11 has a selection that a click pastes");
    clipboard.setText(QStringLiteral("sk-Canary"), QClipboard::Selection);
    clipboard.setText(QStringLiteral("a shopping list"));
    QTest::mouseClick(m_field.get(), Qt::MiddleButton);
    QCOMPARE(m_field->text(), QString(9, QChar(0x2022)));
    QCOMPARE(taken(), QStringLiteral("sk-Canary"));
    QCOMPARE(clipboard.text(QClipboard::Selection), QString());
    QCOMPARE(clipboard.text(), QStringLiteral("a shopping list"));
}

void SecretFieldTest::typedSecret_leavesTheClipboardAlone()
{
    QGuiApplication::clipboard()->setText(QStringLiteral("abc"));
    QTest::keyClicks(m_field.get(), QStringLiteral("abc"));
    QCOMPARE(taken(), QStringLiteral("abc"));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("abc"));
}

void SecretFieldTest::copyAndCut_giveNothing()
{
    QTest::keyClicks(m_field.get(), QStringLiteral("sk-Canary"));
    QGuiApplication::clipboard()->setText(QStringLiteral("before"));
    m_field->selectAll();
    QTest::keySequence(m_field.get(), QKeySequence::Copy);
    QTest::keySequence(m_field.get(), QKeySequence::Cut);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
    QVERIFY(!m_field->dragEnabled() && !m_field->acceptDrops());
}

void SecretFieldTest::undoAndRedo_bringNothingBack()
{
    QTest::keyClicks(m_field.get(), QStringLiteral("sk-Canary"));
    m_field->selectAll();
    QTest::keyClick(m_field.get(), Qt::Key_Delete);
    QVERIFY(m_field->holdsNothing());
    QTest::keySequence(m_field.get(), QKeySequence::Undo);
    QTest::keySequence(m_field.get(), QKeySequence::Redo);
    QVERIFY(m_field->holdsNothing());
    QCOMPARE(taken(), QString());
}

void SecretFieldTest::writtenAround_isEmptied()
{
    QTest::keyClicks(m_field.get(), QStringLiteral("sk-"));
    m_field->setText(QStringLiteral("sk-Canary"));
    QVERIFY(m_field->holdsNothing());
    QCOMPARE(m_field->text(), QString());
}

void SecretFieldTest::screenReaders_hearAPassword_andNoText()
{
    paste(QStringLiteral("sk-Canary"));
    QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(m_field.get());
    QVERIFY(spoken != nullptr && spoken->state().passwordEdit);
    for (int part = QAccessible::Name; part <= QAccessible::Accelerator; ++part)
        QVERIFY(!spoken->text(QAccessible::Text(part)).contains(QStringLiteral("Canary")));
    if (QAccessibleTextInterface *text = spoken->textInterface(); text != nullptr)
        QVERIFY(!text->text(0, text->characterCount()).contains(QStringLiteral("Canary")));
}

void SecretFieldTest::properties_holdNoneOfIt()
{
    paste(QStringLiteral("sk-Canary"));
    const QMetaObject *type = m_field->metaObject();
    for (int i = 0; i < type->propertyCount(); ++i)
        QVERIFY2(!type->property(i).read(m_field.get()).toString().contains(QStringLiteral("Canary")),
                 type->property(i).name());
}

void SecretFieldTest::put_dropsTheWhiteSpaceAround()
{
    m_field->put(Secret::copyOf(" \tsk-Canary\r\n"));
    QCOMPARE(m_field->text().size(), 9);
    QCOMPARE(taken(), QStringLiteral("sk-Canary"));
}

void SecretFieldTest::tooLong_isNotTaken()
{
    paste(QString(16'384, u'a'));
    QCOMPARE(m_field->text().size(), 16'384);
    paste(QStringLiteral("b"));
    QCOMPARE(taken(), QString(16'384, u'a'));
}

QTEST_MAIN(SecretFieldTest)
#include "secretfield.moc"

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QMetaProperty>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTranslator>

#include "base/secret.h"
#include "dialogscreens.h"
#include "fakes/fakeclock.h"
#include "samplerows.h"
#include "schemes.h"
#include "ui/busysign.h"
#include "ui/choice.h"
#include "ui/drawing.h"
#include "ui/linklabel.h"
#include "ui/page.h"

using namespace keytender;

// What holds for every page of every dialog.
class DialogsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void cleanup();

    void everyControl_hasAName_data() { pages(); }
    void everyControl_hasAName();
    void tab_goesFromTopToBottom_andComesRound_data() { pages(); }
    void tab_goesFromTopToBottom_andComesRound();
    void escape_closes_data() { pages(); }
    void escape_closes();
    void enter_pressesThePrimaryButton_data() { pages(); }
    void enter_pressesThePrimaryButton();
    void longTexts_areNotCut_data() { pages(); }
    void longTexts_areNotCut();
    void window_opensAtItsSize_data() { pages(); }
    void window_opensAtItsSize();
    void largeFonts_areNotCut_data() { pages(); }
    void largeFonts_areNotCut();
    void rightToLeft_mirrors_data() { pages(); }
    void rightToLeft_mirrors();
    void newPalette_reachesEveryPart_data() { pages(); }
    void newPalette_reachesEveryPart();
    void properties_holdNoSecret_data() { pages(); }
    void properties_holdNoSecret();

private:
    void pages();
    void open();

    fakes::FakeClock m_clock;
    const QFont m_font = QApplication::font();
    std::unique_ptr<ui::Dialog> m_dialog;
};

namespace {

// A language whose words are 60 % longer than English ones.
class LongLanguage final : public QTranslator {
public:
    [[nodiscard]] QString translate(const char * /*context*/, const char *text, const char * /*disambiguation*/,
                                    int /*n*/) const override
    {
        QString longer = QString::fromUtf8(text);
        const qsizetype wanted = longer.size() * 16 / 10;
        while (longer.size() < wanted)
            longer += QStringLiteral(" långt");
        return longer;
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

template <class T>
QList<T *> shown(const QWidget &dialog)
{
    QList<T *> found = dialog.findChildren<T *>();
    found.removeIf([](const T *widget) { return !widget->isVisible(); });
    return found;
}

// Without what turns.
QImage still(ui::Dialog &dialog)
{
    QImage picture = dialog.grab().toImage();
    QPainter painter(&picture);
    for (const ui::BusySign *sign : shown<ui::BusySign>(dialog))
        painter.fillRect(QRect(sign->mapTo(&dialog, QPoint()), sign->size()), Qt::black);
    return picture;
}

void verifyNothingIsCut(const ui::Dialog &dialog)
{
    const auto isInside = [&dialog](const QWidget *widget) {
        const QRect place(widget->mapTo(&dialog, QPoint()), widget->size());
        return place.left() >= 0 && place.right() < dialog.width();
    };
    for (const QLabel *label : shown<QLabel>(dialog)) {
        if (label->text().isEmpty())
            continue;
        const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        QVERIFY2(label->height() >= needed, qPrintable(label->text()));
        QVERIFY2(isInside(label), qPrintable(label->text()));
    }
    for (const ui::Choice *choice : shown<ui::Choice>(dialog)) {
        const ui::Measures measures(choice->font());
        const QRect room(0, 0, choice->width() - measures.glyph - 2 * measures.unit, 10'000);
        const auto heightOf = [&room](const QFontMetrics &metrics, const QString &text) {
            return text.isEmpty() ? 0 : metrics.boundingRect(room, Qt::TextWordWrap, text).height();
        };
        const bool isWhole = !choice->isBrief() || choice->isChecked();
        QVERIFY2(choice->height()
                     >= heightOf(measures.plainMetrics(), choice->text())
                            + heightOf(measures.smallMetrics(), isWhole ? choice->accessibleDescription() : QString()),
                 qPrintable(choice->text()));
        QVERIFY2(isInside(choice), qPrintable(choice->text()));
    }
    for (const ui::Button *button : shown<ui::Button>(dialog)) {
        QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
        QVERIFY2(button->height() >= button->sizeHint().height(), qPrintable(button->text()));
        QVERIFY2(isInside(button), qPrintable(button->text()));
    }
}

} // namespace

void DialogsTest::pages()
{
    QTest::addColumn<int>("page");
    const auto screens = samples::dialogScreens();
    for (std::size_t i = 0; i < screens.size(); ++i)
        QTest::newRow(screens[i].name) << int(i);
}

void DialogsTest::open()
{
    QFETCH(const int, page);
    m_dialog = samples::dialogScreens()[std::size_t(page)].make(m_clock);
    m_dialog->present();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    QCoreApplication::processEvents(); // what grows, grows when the events are through
    QCoreApplication::processEvents();
}

void DialogsTest::init()
{
    m_clock.wall = samples::now();
    QApplication::setPalette(samples::scheme(false));
    QApplication::setCursorFlashTime(0);
}

void DialogsTest::cleanup()
{
    m_dialog.reset();
    QApplication::setLayoutDirection(Qt::LeftToRight);
    QApplication::setFont(m_font);
}

void DialogsTest::everyControl_hasAName()
{
    open();
    for (QWidget *widget : shown<QWidget>(*m_dialog)) {
        if ((widget->focusPolicy() & Qt::TabFocus) == 0 || widget->focusProxy() != nullptr)
            continue;
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(spoken != nullptr, widget->metaObject()->className());
        QVERIFY2(!spoken->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
    }
}

void DialogsTest::tab_goesFromTopToBottom_andComesRound()
{
    open();
    QVERIFY(m_dialog->focusWidget() != nullptr);
    QTest::keyClick(m_dialog.get(), Qt::Key_Tab); // a page itself may have the focus at first, and never again
    QWidget *first = m_dialog->focusWidget();
    int turns = 0; // back to the top: once in a round
    QWidget *last = first;
    for (int i = 0; i < 50; ++i) {
        QTest::keyClick(m_dialog.get(), Qt::Key_Tab);
        QWidget *now = m_dialog->focusWidget();
        const QRect before(last->mapTo(m_dialog.get(), QPoint()), last->size());
        const QRect after(now->mapTo(m_dialog.get(), QPoint()), now->size());
        const bool isOnALine = after.center().y() >= before.top() && after.center().y() <= before.bottom();
        if (now != last && (isOnALine ? after.left() < before.left() : after.top() < before.top()))
            ++turns;
        last = now;
        if (now == first)
            break;
    }
    QCOMPARE(last, first);
    QVERIFY2(turns <= 1, qPrintable(QString::number(turns)));
}

void DialogsTest::escape_closes()
{
    open();
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
}

void DialogsTest::enter_pressesThePrimaryButton()
{
    open();
    ui::Button *primary = m_dialog->page()->primary();
    if (primary == nullptr || !primary->isEnabled())
        return;
    const QSignalSpy pressed(primary, &QPushButton::clicked);
    // From a part that has no use for Enter itself.
    if (qobject_cast<QPushButton *>(m_dialog->focusWidget()) != nullptr)
        m_dialog->focusWidget()->clearFocus();
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QCOMPARE(pressed.count(), 1);
}

void DialogsTest::longTexts_areNotCut()
{
    LongLanguage language;
    QCoreApplication::installTranslator(&language);
    open();
    verifyNothingIsCut(*m_dialog);
    QCoreApplication::removeTranslator(&language);
}

void DialogsTest::largeFonts_areNotCut()
{
    QFont large = QApplication::font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    QApplication::setFont(large);
    open();
    verifyNothingIsCut(*m_dialog);
}

// And does not grow under the eye.
void DialogsTest::window_opensAtItsSize()
{
    QFETCH(const int, page);
    m_dialog = samples::dialogScreens()[std::size_t(page)].make(m_clock);
    m_dialog->present();
    const QSize atFirst = m_dialog->size();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    for (int i = 0; i < 5; ++i)
        QCoreApplication::processEvents();
    QCOMPARE(m_dialog->size(), atFirst);
    QCOMPARE(m_dialog->height(), m_dialog->page()->wantedHeight(m_dialog->width()));
}

void DialogsTest::rightToLeft_mirrors()
{
    open();
    QHash<QString, QRect> usual;
    for (const ui::Button *button : shown<ui::Button>(*m_dialog))
        usual[button->text()] = QRect(button->mapTo(m_dialog.get(), QPoint()), button->size());
    for (const QLabel *label : shown<QLabel>(*m_dialog))
        usual[label->text()] = QRect(label->mapTo(m_dialog.get(), QPoint()), label->size());
    const int width = m_dialog->width();
    m_dialog.reset();
    QApplication::setLayoutDirection(Qt::RightToLeft);
    open();
    QCOMPARE(m_dialog->width(), width);
    const auto isMirrored = [&](const QString &text, const QRect &place) {
        const QRect other = usual.value(text);
        return other.isNull()
               || (place.right() == width - 1 - other.left() && place.left() == width - 1 - other.right());
    };
    for (const ui::Button *button : shown<ui::Button>(*m_dialog))
        QVERIFY2(isMirrored(button->text(), QRect(button->mapTo(m_dialog.get(), QPoint()), button->size())),
                 qPrintable(button->text()));
    for (const QLabel *label : shown<QLabel>(*m_dialog))
        QVERIFY2(isMirrored(label->text(), QRect(label->mapTo(m_dialog.get(), QPoint()), label->size())),
                 qPrintable(label->text()));
}

// A dialog that was open when the scheme changed looks like one that was opened afterwards.
void DialogsTest::newPalette_reachesEveryPart()
{
    open();
    const QImage light = still(*m_dialog);
    QApplication::setPalette(samples::scheme(true));
    for (int i = 0; i < 3; ++i)
        QCoreApplication::processEvents();
    const QImage changed = still(*m_dialog);
    m_dialog.reset();
    open();
    const QImage dark = still(*m_dialog);
    QVERIFY(light != dark);
    QCOMPARE(changed.size(), dark.size());
    QCOMPARE(changed, dark);
}

void DialogsTest::properties_holdNoSecret()
{
    open();
    for (QWidget *widget : m_dialog->findChildren<QWidget *>()) {
        const QMetaObject *type = widget->metaObject();
        for (int i = 0; i < type->propertyCount(); ++i) {
            const QString value = type->property(i).read(widget).toString();
            QVERIFY2(!value.contains(QStringLiteral("sk-made-up")) && !value.contains(QStringLiteral(":1455")),
                     type->property(i).name());
        }
    }
}

QTEST_MAIN(DialogsTest)
#include "dialogs.moc"

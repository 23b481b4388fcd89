// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include "fakes/fakeclock.h"
#include "profile/words.h"
#include "sampleneighbours.h"
#include "samplerows.h"
#include "translations/language.h"
#include "ui/button.h"
#include "ui/labels.h"
#include "ui/panel.h"
#include "ui/rowgeometry.h"

using namespace keytender;

class TranslationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void german_hasNoUnfinishedEntry();
    void german_keepsEveryPlaceholder();
    void german_isSpokenByCoreAndUi();
    void longWords_areNotClipped_data();
    void longWords_areNotClipped();
};

namespace {

// A language whose words are 60 % longer than English ones.
class LongLanguage final : public QTranslator {
public:
    [[nodiscard]] QString translate(const char * /*context*/, const char *text, const char * /*disambiguation*/,
                                    int n) const override
    {
        QString longer = QString::fromUtf8(text);
        if (n >= 0)
            longer.replace(QStringLiteral("%n"), QString::number(n));
        const qsizetype more = longer.size() * 6 / 10;
        while (longer.size() < more + qsizetype(qstrlen(text)))
            longer += QStringLiteral(" långt");
        return longer;
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

struct Entry {
    QString source;
    QStringList translations;
    QString type;
};

QList<Entry> german()
{
    QFile file(QStringLiteral(KEYTENDER_TRANSLATIONS "/keytender_de.ts"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Entry> entries;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"source") {
            entries += Entry{.source = xml.readElementText(), .translations = {}, .type = {}};
        } else if (xml.name() == u"translation") {
            entries.last().type = xml.attributes().value(QStringLiteral("type")).toString();
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
            entries.last().translations += text;
        }
    }
    return entries;
}

} // namespace

void TranslationsTest::german_hasNoUnfinishedEntry()
{
    const QList<Entry> entries = german();
    QVERIFY(entries.size() > 200);
    for (const Entry &entry : entries) {
        QVERIFY2(entry.type.isEmpty(), qPrintable(entry.source));
        QVERIFY2(!entry.translations.constFirst().isEmpty(), qPrintable(entry.source));
    }
}

void TranslationsTest::german_keepsEveryPlaceholder()
{
    static const QRegularExpression placeholder(QStringLiteral("%[n0-9]"));
    for (const Entry &entry : german()) {
        auto match = placeholder.globalMatch(entry.source);
        while (match.hasNext()) {
            const QString wanted = match.next().captured();
            QVERIFY2(entry.translations.constFirst().contains(wanted), qPrintable(entry.source));
        }
    }
}

void TranslationsTest::german_isSpokenByCoreAndUi()
{
    QObject holder;
    QVERIFY(translations::installTranslations(*qApp, QLocale(QLocale::German, QLocale::Austria)));
    QCOMPARE(profile::name(profile::Health::Rejected), QStringLiteral("abgelehnt"));
    QCOMPARE(service::headline({.needYou = 2}), QStringLiteral("2 Logins brauchen dich"));
    fakes::FakeClock clock;
    clock.wall = samples::now();
    ui::ProfileModel model(clock);
    ui::Panel panel(model, clock);
    panel.setSurroundings(samples::surroundings());
    QStringList said;
    for (const QLabel *label : panel.findChildren<QLabel *>())
        said += label->text();
    QVERIFY2(said.contains(QStringLiteral("9 Orte im Blick · geprüft gerade eben")), qPrintable(said.join(u'\n')));
    for (QTranslator *translator : qApp->findChildren<QTranslator *>())
        delete translator;
    QCOMPARE(profile::name(profile::Health::Rejected), QStringLiteral("rejected"));
}

void TranslationsTest::longWords_areNotClipped_data()
{
    QTest::addColumn<QString>("details");
    QTest::newRow("list") << QString();
    QTest::newRow("details") << QStringLiteral("gemini-cli");
    QTest::newRow("clash") << QStringLiteral("opencode:openai");
    QTest::newRow("other tools'") << QStringLiteral("claude-cli");
    QTest::newRow("put away") << QStringLiteral("openclaw:anthropic");
    QTest::newRow("own, fresh") << QStringLiteral("own:anthropic");
    QTest::newRow("own, waiting") << QStringLiteral("own:xai");
    QTest::newRow("own, refused") << QStringLiteral("own:github");
}

void TranslationsTest::longWords_areNotClipped()
{
    QFETCH(const QString, details);
    LongLanguage language;
    QCoreApplication::installTranslator(&language);
    fakes::FakeClock clock;
    clock.wall = samples::now();
    ui::ProfileModel model(clock);
    for (const auto &rows :
         {samples::trouble(), samples::ownLogins(), std::vector<service::Row>{samples::fenced(), samples::kept()}}) {
        for (const service::Row &row : rows)
            model.setRow(row);
    }
    fakes::FakeNeighbours neighbours;
    samples::fillKept(neighbours);
    ui::Panel panel(model, clock);
    panel.setNeighbours(&neighbours);
    panel.setCanSignIn(true);
    service::Surroundings surroundings = samples::afterSignOuts();
    surroundings.keychain = service::KeychainState::Locked;
    panel.setSurroundings(surroundings);
    panel.present();
    if (!details.isEmpty()) {
        panel.presentReason(details);
        panel.setActivity(details, details.startsWith(QStringLiteral("own:")) ? samples::ownActivity(details)
                                                                              : samples::activity(details));
    }
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    for (const QLabel *label : panel.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
        const QRect place(label->mapTo(&panel, QPoint()), label->size());
        QVERIFY2(place.left() >= 0 && place.right() < panel.width(), qPrintable(label->text()));
    }
    for (const ui::Button *button : panel.findChildren<ui::Button *>()) {
        if (!button->isVisible())
            continue;
        QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
        const QRect place(button->mapTo(&panel, QPoint()), button->size());
        QVERIFY2(place.left() >= 0 && place.right() < panel.width(), qPrintable(button->text()));
    }
    // The painted rows: every part inside the row, none over another, and each as large as its words.
    const ui::Measures measures(panel.font());
    for (int i = 0; i < model.rowCount(); ++i) {
        const ui::RowContent content{.text = ui::rowTextOf(model.at(i), clock.wallTime()),
                                     .heading = {},
                                     .isFirst = i == 0,
                                     .hasBar = true,
                                     .actions = ui::actionsOf(model.at(i))};
        const ui::RowGeometry places = ui::layOut(content, measures, 418);
        QVERIFY(!places.headline.intersects(places.who));
        QVERIFY(!places.headline.intersects(places.account));
        QVERIFY(!places.secondClock.intersects(places.copies));
        const QRect headline = measures.plainMetrics().boundingRect(QRect(0, 0, places.headline.width(), 10'000),
                                                                    Qt::TextWordWrap, content.text.headline);
        QVERIFY2(headline.width() <= places.headline.width() && headline.height() <= places.headline.height() + 1,
                 qPrintable(content.text.headline));
        for (const QRect &button : places.buttons)
            QVERIFY(places.box.contains(button) && !button.intersects(places.sentence));
        QVERIFY(places.box.isNull() || places.box.contains(places.sentence));
    }
    QCoreApplication::removeTranslator(&language);
}

QTEST_MAIN(TranslationsTest)
#include "translations.moc"

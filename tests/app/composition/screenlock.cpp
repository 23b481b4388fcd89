// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/screenlock.h"

#include <chrono>

#include <QDBusMessage>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "base/secret.h"
#include "fakes/busobject.h"
#include "ui/faketrayhost.h"

using namespace keytender;
using composition::ScreenLock;

namespace {

QDBusConnection connectedTo(const fakes::PrivateBus &bus)
{
    static int made = 0;
    return QDBusConnection::connectToBus(bus.address(), QStringLiteral("screenlock-%1").arg(++made));
}

// A screen saver or login1, with a connection of its own; silent when told so.
class Witness final : public QDBusVirtualObject {
public:
    enum class Kind { ScreenSaver, Login1 };

    Witness(const fakes::PrivateBus &bus, QString name, Kind kind)
        : m_bus(connectedTo(bus)), m_name(std::move(name)), m_kind(kind),
          m_root(kind == Kind::Login1 ? QStringLiteral("/org/freedesktop/login1/session")
                                      : u'/' + QString(m_name).replace(u'.', u'/'))
    {
        m_bus.registerVirtualObject(m_root, this, QDBusConnection::SubPath);
        m_bus.registerService(m_name);
    }
    ~Witness() override { fakes::leaveBus(m_bus, m_root, this); }

    void say(bool isLockedNow)
    {
        isLocked = isLockedNow;
        signal(isLockedNow);
    }
    // What the signal says is its sender's word alone.
    void signal(bool isLockedNow)
    {
        QDBusMessage signal;
        if (m_kind == Kind::ScreenSaver) {
            signal = QDBusMessage::createSignal(m_root, m_name, QStringLiteral("ActiveChanged"));
            signal << isLockedNow;
        } else {
            signal = QDBusMessage::createSignal(m_root + QStringLiteral("/_31"),
                                                QStringLiteral("org.freedesktop.DBus.Properties"),
                                                QStringLiteral("PropertiesChanged"));
            signal << m_name + QStringLiteral(".Session") << QVariantMap{{QStringLiteral("LockedHint"), isLockedNow}}
                   << QStringList();
        }
        m_bus.send(signal);
    }
    void leave() { m_bus.unregisterService(m_name); }

    [[nodiscard]] QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        ++questions;
        if (isHolding)
            held += message;
        if (isSilent || isHolding)
            return true;
        if (isOdd)
            return connection.send(message.createReply(QStringLiteral("locked")));
        const bool isGet = m_kind == Kind::ScreenSaver ? message.member() == QStringLiteral("GetActive")
                                                       : message.path() == m_root + QStringLiteral("/auto")
                                                             && message.arguments()
                                                                    == QVariantList{m_name + QStringLiteral(".Session"),
                                                                                    QStringLiteral("LockedHint")};
        if (!isGet)
            return false;
        return connection.send(answerTo(message, isLocked));
    }
    // A question that was held back.
    void answer(const QDBusMessage &question, bool isLockedThen) { m_bus.send(answerTo(question, isLockedThen)); }

    bool isLocked = false;
    bool isSilent = false;
    bool isOdd = false;
    bool isHolding = false;
    QList<QDBusMessage> held;
    int questions = 0;

private:
    [[nodiscard]] QDBusMessage answerTo(const QDBusMessage &question, bool isLockedThen) const
    {
        return question.createReply(m_kind == Kind::ScreenSaver ? QVariant(isLockedThen)
                                                                : QVariant::fromValue(QDBusVariant(isLockedThen)));
    }

    QDBusConnection m_bus;
    QString m_name;
    Kind m_kind;
    QString m_root;
};

const QString freedesktop = QStringLiteral("org.freedesktop.ScreenSaver");
const QString login1 = QStringLiteral("org.freedesktop.login1");

} // namespace

class ScreenLockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void nobodyWhoKnows_isUnlocked();
    void busThatIsNotThere_isUnlocked();
    void locked_isKnownFromTheStart_data() { witnesses(); }
    void locked_isKnownFromTheStart();
    void locking_isHeard_data() { witnesses(); }
    void locking_isHeard();
    void witnessThatComesLater_isHeard_data() { witnesses(); }
    void witnessThatComesLater_isHeard();
    void witnessThatGoes_saysNothingAnyMore_data() { witnesses(); }
    void witnessThatGoes_saysNothingAnyMore();
    void one_isEnough();
    void signal_ofAnybody_isNotBelieved_data() { witnesses(); }
    void signal_ofAnybody_isNotBelieved();
    void outdatedAnswer_isNotHeard_data() { witnesses(); }
    void outdatedAnswer_isNotHeard();
    void looking_startsNoScreenSaver();
    void silentWitness_isNotWaitedFor();
    void oddAnswer_isUnlocked();

private:
    static void witnesses()
    {
        QTest::addColumn<QString>("name");
        for (const char *name :
             {"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.xfce.ScreenSaver", "org.freedesktop.login1"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    [[nodiscard]] std::unique_ptr<Witness> appear(const QString &name) const
    {
        const auto kind = name == login1 ? Witness::Kind::Login1 : Witness::Kind::ScreenSaver;
        return std::make_unique<Witness>(*m_bus, name, kind);
    }
    void look() { m_lock = std::make_unique<ScreenLock>(connectedTo(*m_bus), connectedTo(*m_bus)); }

    std::unique_ptr<fakes::PrivateBus> m_bus;
    std::unique_ptr<ScreenLock> m_lock;
};

void ScreenLockTest::init()
{
    m_lock.reset();
    m_bus = std::make_unique<fakes::PrivateBus>();
    QVERIFY(m_bus->isRunning());
}

void ScreenLockTest::nobodyWhoKnows_isUnlocked()
{
    look();
    const auto later = appear(freedesktop); // its first question comes after the answers of before
    QTRY_VERIFY(later->questions > 0);
    QVERIFY(!m_lock->isLocked());
}

void ScreenLockTest::busThatIsNotThere_isUnlocked()
{
    const QDBusConnection none(QStringLiteral("there is no such connection"));
    m_lock = std::make_unique<ScreenLock>(none, none);
    QCoreApplication::processEvents();
    QVERIFY(!m_lock->isLocked());
}

void ScreenLockTest::locked_isKnownFromTheStart()
{
    QFETCH(const QString, name);
    const auto witness = appear(name);
    witness->isLocked = true;
    look();
    QSignalSpy changed(m_lock.get(), &ScreenLock::changed);
    QTRY_VERIFY(m_lock->isLocked());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.front().front().toBool(), true);
}

void ScreenLockTest::locking_isHeard()
{
    QFETCH(const QString, name);
    const auto witness = appear(name);
    look();
    QTRY_VERIFY(witness->questions > 0);
    witness->say(true);
    QTRY_VERIFY(m_lock->isLocked());
    witness->say(false);
    QTRY_VERIFY(!m_lock->isLocked());
}

void ScreenLockTest::witnessThatComesLater_isHeard()
{
    QFETCH(const QString, name);
    look();
    const auto witness = appear(name);
    QTRY_VERIFY(witness->questions > 0);
    witness->say(true);
    QTRY_VERIFY(m_lock->isLocked());
}

void ScreenLockTest::witnessThatGoes_saysNothingAnyMore()
{
    QFETCH(const QString, name);
    const auto witness = appear(name);
    witness->isLocked = true;
    look();
    QTRY_VERIFY(m_lock->isLocked());
    witness->leave();
    QTRY_VERIFY(!m_lock->isLocked());
}

void ScreenLockTest::one_isEnough()
{
    const auto saver = appear(freedesktop);
    const auto session = appear(login1);
    session->isLocked = true;
    look();
    QTRY_VERIFY(m_lock->isLocked());
    const int before = saver->questions;
    saver->say(false);
    QTRY_VERIFY(saver->questions > before);
    QVERIFY(m_lock->isLocked());
    session->say(false);
    QTRY_VERIFY(!m_lock->isLocked());
}

void ScreenLockTest::signal_ofAnybody_isNotBelieved()
{
    QFETCH(const QString, name);
    const auto witness = appear(name);
    witness->isLocked = true;
    look();
    QTRY_VERIFY(m_lock->isLocked());
    QSignalSpy changed(m_lock.get(), &ScreenLock::changed);
    const int before = witness->questions;
    witness->signal(false); // the answer stays another
    QTRY_VERIFY(witness->questions > before);
    witness->say(false);
    QTRY_VERIFY(!m_lock->isLocked());
    QCOMPARE(changed.count(), 1);
}

// Of two answers that cross, the one to the last question counts.
void ScreenLockTest::outdatedAnswer_isNotHeard()
{
    QFETCH(const QString, name);
    const auto witness = appear(name);
    witness->isHolding = true;
    look();
    QTRY_COMPARE(witness->held.size(), 1);
    QSignalSpy changed(m_lock.get(), &ScreenLock::changed);
    witness->signal(true);
    QTRY_COMPARE(witness->held.size(), 2);
    witness->answer(witness->held.last(), true);
    QTRY_VERIFY(m_lock->isLocked());
    witness->answer(witness->held.first(), false);
    witness->isHolding = false;
    witness->isLocked = true;
    const int before = witness->questions;
    witness->signal(true);
    QTRY_VERIFY(witness->questions > before);
    witness->say(false);
    QTRY_VERIFY(!m_lock->isLocked());
    QCOMPARE(changed.count(), 2);
}

void ScreenLockTest::looking_startsNoScreenSaver()
{
    const QTemporaryDir started;
    const auto touch = [&started](const char *file) {
        return "/usr/bin/touch " + QFile::encodeName(started.filePath(QLatin1String(file)));
    };
    const QString other = QStringLiteral("org.example.Other");
    m_bus.reset();
    m_bus = std::make_unique<fakes::PrivateBus>(std::map<QString, QByteArray>{
        {freedesktop, touch("saver")}, {login1, touch("login1")}, {other, touch("other")}});
    look();
    const auto later = appear(QStringLiteral("org.gnome.ScreenSaver"));
    QTRY_VERIFY(later->questions > 0);
    // This bus does start what is called in the usual way.
    (void)connectedTo(*m_bus).asyncCall(
        QDBusMessage::createMethodCall(other, QStringLiteral("/"), other, QStringLiteral("Look")));
    QTRY_VERIFY(QFile::exists(started.filePath(QStringLiteral("other"))));
    QVERIFY(!QFile::exists(started.filePath(QStringLiteral("saver"))));
    QVERIFY(!QFile::exists(started.filePath(QStringLiteral("login1"))));
}

void ScreenLockTest::silentWitness_isNotWaitedFor()
{
    const auto witness = appear(freedesktop);
    witness->isSilent = true;
    QElapsedTimer timer;
    timer.start();
    look();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QTRY_VERIFY(witness->questions > 0);
    QVERIFY(!m_lock->isLocked());
}

void ScreenLockTest::oddAnswer_isUnlocked()
{
    const auto witness = appear(freedesktop);
    witness->isOdd = true;
    look();
    QTRY_VERIFY(witness->questions > 0);
    const auto session = appear(login1);
    session->isLocked = true;
    session->say(true);
    QTRY_VERIFY(m_lock->isLocked());
    session->say(false);
    QTRY_VERIFY(!m_lock->isLocked());
}

QTEST_GUILESS_MAIN(ScreenLockTest)
#include "screenlock.moc"

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/secretservice.h"

#include <utility>

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>

#include "vault/sessionbus.h"

namespace keytender::vault {

namespace {

const QString root = QStringLiteral("/org/freedesktop/secrets");
const QString serviceInterface = QStringLiteral("org.freedesktop.Secret.Service");
const QString noObject = QStringLiteral("/"); // how the Secret Service says "none"
constexpr std::chrono::milliseconds untilTheUserAnswers = std::chrono::hours{24};

QDBusMessage serviceCall(const QString &method)
{
    return QDBusMessage::createMethodCall(secretServiceName, root, serviceInterface, method);
}

QString pathIn(const QVariant &argument)
{
    const QString path = argument.value<QDBusObjectPath>().path();
    return path == noObject ? QString() : path;
}

QStringList pathsIn(const QVariant &argument)
{
    QStringList paths;
    for (const QDBusObjectPath &path : qdbus_cast<QList<QDBusObjectPath>>(argument))
        paths += path.path();
    return paths;
}

} // namespace

SecretServiceInquiry::SecretServiceInquiry(Attributes attributes, std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent), m_attributes(std::move(attributes)), m_patience(patience)
{
    qDBusRegisterMetaType<Attributes>();
}

void SecretServiceInquiry::start()
{
    askPresence(secretServiceName, m_patience, this, [this](const base::Result<bool> &isPresent) {
        if (!isPresent)
            return fail(isPresent.error());
        m_facts.isPresent = *isPresent;
        if (*isPresent)
            return askDefault();
        Q_EMIT finished(m_facts);
        deleteLater();
    });
}

void SecretServiceInquiry::askDefault()
{
    QDBusMessage question = serviceCall(QStringLiteral("ReadAlias"));
    question << QStringLiteral("default");
    askBus(question, m_patience, this, [this](const QDBusMessage &answer) {
        if (answer.type() != QDBusMessage::ReplyMessage)
            return fail(errorFromAnswer(answer, secretServiceName));
        m_facts.defaultCollection = pathIn(answer.arguments().value(0));
        if (m_facts.defaultCollection.isEmpty())
            askItems();
        else
            askLocked();
    });
}

void SecretServiceInquiry::askLocked()
{
    QDBusMessage question =
        QDBusMessage::createMethodCall(secretServiceName, m_facts.defaultCollection,
                                       QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question << QStringLiteral("org.freedesktop.Secret.Collection") << QStringLiteral("Locked");
    askBus(question, m_patience, this, [this](const QDBusMessage &answer) {
        if (answer.type() != QDBusMessage::ReplyMessage)
            return fail(errorFromAnswer(answer, secretServiceName));
        m_facts.isDefaultLocked = answer.arguments().value(0).value<QDBusVariant>().variant().toBool();
        askItems();
    });
}

void SecretServiceInquiry::askItems()
{
    QDBusMessage question = serviceCall(QStringLiteral("SearchItems"));
    question << QVariant::fromValue(m_attributes);
    askBus(question, m_patience, this, [this](const QDBusMessage &answer) {
        if (answer.type() != QDBusMessage::ReplyMessage)
            return fail(errorFromAnswer(answer, secretServiceName));
        m_facts.openItems = pathsIn(answer.arguments().value(0));
        m_facts.lockedItems = pathsIn(answer.arguments().value(1));
        Q_EMIT finished(m_facts);
        deleteLater();
    });
}

void SecretServiceInquiry::fail(const base::Error &error)
{
    Q_EMIT finished(base::unexpected(error));
    deleteLater();
}

SecretServiceUnlock::SecretServiceUnlock(SecretServiceFacts facts, QObject *parent)
    : QObject(parent), m_facts(std::move(facts))
{
    qDBusRegisterMetaType<QList<QDBusObjectPath>>();
}

void SecretServiceUnlock::start()
{
    QDBusMessage question;
    if (m_facts.defaultCollection.isEmpty() && m_facts.lockedItems.isEmpty()) {
        question = serviceCall(QStringLiteral("CreateCollection"));
        const QVariantMap properties{
            {QStringLiteral("org.freedesktop.Secret.Collection.Label"), QStringLiteral("Default")}};
        question << properties << QStringLiteral("default");
    } else {
        QList<QDBusObjectPath> paths;
        if (!m_facts.defaultCollection.isEmpty())
            paths += QDBusObjectPath(m_facts.defaultCollection);
        for (const QString &item : std::as_const(m_facts.lockedItems))
            paths += QDBusObjectPath(item);
        question = serviceCall(QStringLiteral("Unlock"));
        question << QVariant::fromValue(paths);
    }
    // Both answer (result, prompt).
    askBus(question, untilTheUserAnswers, this, [this](const QDBusMessage &answer) {
        const QString path =
            answer.type() == QDBusMessage::ReplyMessage ? pathIn(answer.arguments().value(1)) : QString();
        if (path.isEmpty())
            done();
        else
            prompt(path);
    });
}

void SecretServiceUnlock::prompt(const QString &path)
{
    const QString interface = QStringLiteral("org.freedesktop.Secret.Prompt");
    QDBusConnection::sessionBus().connect(QString(), path, interface, QStringLiteral("Completed"), this, SLOT(done()));
    QDBusMessage question =
        QDBusMessage::createMethodCall(secretServiceName, path, interface, QStringLiteral("Prompt"));
    question << QString(); // no window to stand before
    askBus(question, untilTheUserAnswers, this, [this](const QDBusMessage &answer) {
        if (answer.type() != QDBusMessage::ReplyMessage)
            done();
    });
}

void SecretServiceUnlock::done()
{
    Q_EMIT finished();
    deleteLater();
}

} // namespace keytender::vault

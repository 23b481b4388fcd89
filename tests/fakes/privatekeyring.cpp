// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/privatekeyring.h"

#include <csignal>
#include <memory>

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QThread>

#include <unistd.h>

#define SECRET_API_SUBJECT_TO_CHANGE
#include <libsecret/secret.h>

// The specification's Secret: (oayays).
struct WireSecret {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};
Q_DECLARE_METATYPE(WireSecret)

QDBusArgument &operator<<(QDBusArgument &argument, const WireSecret &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, WireSecret &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

namespace keytender::fakes {

namespace {

const QString service = QStringLiteral("org.freedesktop.secrets");
const QDBusObjectPath loginCollection(QStringLiteral("/org/freedesktop/secrets/collection/login"));

QVariantList call(const QString &interface, const QString &method, const QVariantList &arguments)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/secrets"), interface, method);
    message.setArguments(arguments);
    const QDBusMessage answer = QDBusConnection::sessionBus().call(message);
    if (answer.type() == QDBusMessage::ErrorMessage)
        qFatal("%s: %s", qPrintable(method), qPrintable(answer.errorMessage()));
    return answer.arguments();
}

void runDaemon(const QStringList &arguments, const QByteArray &input)
{
    QProcess daemon;
    daemon.setStandardOutputFile(QProcess::nullDevice());
    daemon.setStandardErrorFile(QProcess::nullDevice());
    daemon.start(QStringLiteral("gnome-keyring-daemon"), arguments);
    daemon.write(input);
    daemon.closeWriteChannel();
    if (!daemon.waitForFinished() || daemon.exitCode() != 0)
        qFatal("gnome-keyring-daemon does not start: %s", qPrintable(daemon.errorString()));
}

template <class Condition>
void waitUntil(Condition condition, const char *what)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.hasExpired(10'000))
            qFatal("waited in vain: %s", what);
        QThread::msleep(2);
    }
}

using Table = std::unique_ptr<GHashTable, decltype(&g_hash_table_unref)>;

Table tableOf(const std::map<QString, QString> &attributes)
{
    Table table(g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free), &g_hash_table_unref);
    for (const auto &[name, value] : attributes)
        g_hash_table_insert(table.get(), g_strdup(name.toUtf8().constData()), g_strdup(value.toUtf8().constData()));
    return table;
}

PrivateKeyring::Item itemOf(SecretItem *found)
{
    PrivateKeyring::Item item;
    item.path = QString::fromUtf8(g_dbus_proxy_get_object_path(G_DBUS_PROXY(found)));
    gchar *label = secret_item_get_label(found);
    item.label = QString::fromUtf8(label);
    g_free(label);
    const Table attributes(secret_item_get_attributes(found), &g_hash_table_unref);
    GHashTableIter each;
    gpointer name = nullptr;
    gpointer value = nullptr;
    g_hash_table_iter_init(&each, attributes.get());
    while (g_hash_table_iter_next(&each, &name, &value) != FALSE)
        item.attributes[QString::fromUtf8(static_cast<char *>(name))] = QString::fromUtf8(static_cast<char *>(value));
    if (SecretValue *secret = secret_item_get_secret(found); secret != nullptr) {
        gsize size = 0;
        const gchar *bytes = secret_value_get(secret, &size);
        item.secret = QByteArray(bytes, static_cast<qsizetype>(size));
        item.contentType = QString::fromUtf8(secret_value_get_content_type(secret));
        secret_value_unref(secret);
    }
    return item;
}

// A fresh one each time, because the daemon may have been started anew.
std::unique_ptr<SecretService, decltype(&g_object_unref)> openService()
{
    return {secret_service_open_sync(SECRET_TYPE_SERVICE, nullptr, SECRET_SERVICE_OPEN_SESSION, nullptr, nullptr),
            &g_object_unref};
}

} // namespace

void enterPrivateSession(char **arguments)
{
    if (qEnvironmentVariable("KEYTENDER_PRIVATE_SESSION") == QStringLiteral("1"))
        return;
    std::vector<char *> command;
    char script[] = KEYTENDER_PRIVATE_SESSION_SCRIPT;
    char separator[] = "--";
    command.push_back(script);
    command.push_back(separator);
    for (char **each = arguments; *each != nullptr; ++each)
        command.push_back(*each);
    command.push_back(nullptr);
    execv(script, command.data());
    qFatal("cannot start %s", script);
}

PrivateKeyring::~PrivateKeyring()
{
    stop();
}

void PrivateKeyring::start()
{
    runDaemon({QStringLiteral("--unlock"), QStringLiteral("--components=secrets")}, "password");
    waitUntil([this] { return processId() != 0; }, "the keyring's name on the bus");
}

void PrivateKeyring::startLocked()
{
    runDaemon({QStringLiteral("--start"), QStringLiteral("--components=secrets"), QStringLiteral("--daemonize")}, {});
    waitUntil([this] { return processId() != 0; }, "the keyring's name on the bus");
}

void PrivateKeyring::stop()
{
    if (const qint64 process = processId(); process != 0) {
        ::kill(static_cast<pid_t>(process), SIGTERM);
        waitUntil([this] { return processId() == 0; }, "the end of the keyring");
    }
}

void PrivateKeyring::lock()
{
    call(QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("Lock"),
         {QVariant::fromValue(QList<QDBusObjectPath>{loginCollection})});
}

void PrivateKeyring::unlock()
{
    qDBusRegisterMetaType<WireSecret>();
    const QVariantList opened = call(QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("OpenSession"),
                                     {QStringLiteral("plain"), QVariant::fromValue(QDBusVariant(QString()))});
    const WireSecret password{.session = opened.at(1).value<QDBusObjectPath>(),
                              .parameters = {},
                              .value = "password",
                              .contentType = QStringLiteral("text/plain")};
    call(QStringLiteral("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"),
         QStringLiteral("UnlockWithMasterPassword"),
         {QVariant::fromValue(loginCollection), QVariant::fromValue(password)});
}

void PrivateKeyring::store(const std::map<QString, QString> &attributes, const QByteArray &secret) const
{
    const Table table = tableOf(attributes);
    SecretValue *value = secret_value_new(secret.constData(), secret.size(), "text/plain");
    const auto opened = openService();
    const bool isStored = secret_service_store_sync(opened.get(), nullptr, table.get(), SECRET_COLLECTION_DEFAULT,
                                                    "test", value, nullptr, nullptr);
    secret_value_unref(value);
    if (!isStored)
        qFatal("cannot store an item");
}

std::vector<PrivateKeyring::Item> PrivateKeyring::items() const
{
    const Table everything = tableOf({});
    const auto opened = openService();
    const auto flags = static_cast<SecretSearchFlags>(SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS);
    GList *found = secret_service_search_sync(opened.get(), nullptr, everything.get(), flags, nullptr, nullptr);
    std::vector<Item> items;
    for (GList *each = found; each != nullptr; each = each->next)
        items.push_back(itemOf(SECRET_ITEM(each->data)));
    g_list_free_full(found, g_object_unref);
    return items;
}

void PrivateKeyring::erase()
{
    stop();
    QDir(QDir::homePath() + QStringLiteral("/.local/share/keyrings")).removeRecursively();
}

qint64 PrivateKeyring::processId() const
{
    const QDBusReply<uint> process = QDBusConnection::sessionBus().interface()->servicePid(service);
    return process.isValid() ? process.value() : 0;
}

} // namespace keytender::fakes

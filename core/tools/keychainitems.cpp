// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/keychainitems.h"

#include <tuple>

#include <QFileInfo>
#include <QPointer>
#include <QTimer>

#define SECRET_API_SUBJECT_TO_CHANGE
#include <libsecret/secret.h>

namespace keytender::tools {

namespace {

constexpr const char *serviceName = "org.freedesktop.secrets";

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <class T>
using GPointer = std::unique_ptr<T, Unref>;

struct Free {
    void operator()(GHashTable *table) const { g_hash_table_unref(table); }
    void operator()(GError *error) const { g_error_free(error); }
    void operator()(SecretValue *value) const { secret_value_unref(value); } // wiped by libsecret
    void operator()(GVariant *variant) const { g_variant_unref(variant); }
};
using Table = std::unique_ptr<GHashTable, Free>;
using Failure = std::unique_ptr<GError, Free>;
using Value = std::unique_ptr<SecretValue, Free>;
using Variant = std::unique_ptr<GVariant, Free>;

// Items with their secrets, which go when the list goes.
struct Items {
    explicit Items(GList *list) : first(list) {}
    ~Items() { g_list_free_full(first, g_object_unref); }
    Items(const Items &) = delete;
    Items &operator=(const Items &) = delete;
    GList *first;
};

Table tableOf(const KeychainAttributes &attributes)
{
    Table table(g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free));
    for (const auto &[name, value] : attributes)
        g_hash_table_insert(table.get(), g_strdup(name.toUtf8().constData()), g_strdup(value.toUtf8().constData()));
    return table;
}

QString nameOf(const KeychainAttributes &attributes)
{
    QStringList values;
    for (const auto &[name, value] : attributes)
        values.append(value);
    return QStringLiteral("keychain: ") + values.join(u'/');
}

base::ErrorKind kindOf(const GError &error)
{
    const auto is = [&](GQuark domain, int code) { return g_error_matches(&error, domain, code) != FALSE; };
    if (is(SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
        return base::ErrorKind::Locked;
    if (is(G_IO_ERROR, G_IO_ERROR_CANCELLED) || is(G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
        || is(G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) || is(G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT))
        return base::ErrorKind::TimedOut;
    if (is(G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED))
        return base::ErrorKind::PermissionDenied;
    return base::ErrorKind::Unavailable;
}

// GLib would start a bus of its own where there is a display and no bus.
bool hasSessionBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
           || QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

// The best item: readable before locked, then the one with the fewest attributes nobody asked for, then the newest.
SecretItem *bestOf(const Items &items)
{
    SecretItem *best = nullptr;
    std::tuple<bool, int, guint64> bestRank;
    for (GList *each = items.first; each != nullptr; each = each->next) {
        auto *item = SECRET_ITEM(each->data);
        const Table attributes(secret_item_get_attributes(item));
        const std::tuple rank{secret_item_get_locked(item) == FALSE,
                              -static_cast<int>(g_hash_table_size(attributes.get())), secret_item_get_modified(item)};
        if (best == nullptr || rank > bestRank) {
            best = item;
            bestRank = rank;
        }
    }
    return best;
}

} // namespace

// The connection and the opened service. Outlives its owner until the last call under way has come back.
struct SecretServiceItems::Session : std::enable_shared_from_this<SecretServiceItems::Session> {
    explicit Session(SecretServiceItems *keychain) : owner(keychain)
    {
        announcement.setSingleShot(true);
        announcement.setInterval(std::chrono::milliseconds{50});
        connect(&announcement, &QTimer::timeout, keychain, &KeychainItems::availabilityChanged);
    }
    ~Session() { unwatch(); }
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    void watch(GDBusConnection *bus);
    void unwatch();
    void announce();
    void close();
    static void onConnected(GObject *source, GAsyncResult *result, gpointer data);
    static void onAppeared(GDBusConnection *bus, const gchar *name, const gchar *ownerName, gpointer data);
    static void onVanished(GDBusConnection *bus, const gchar *name, gpointer data);
    static void onSignal(GDBusConnection *bus, const gchar *sender, const gchar *path, const gchar *interface,
                         const gchar *signal, GVariant *parameters, gpointer data);

    SecretServiceItems *owner; // null once it is gone
    GPointer<GDBusConnection> connection;
    GPointer<SecretService> service;
    std::vector<std::weak_ptr<Request>> requests;
    std::vector<guint> subscriptions;
    guint nameWatch = 0;
    bool hasSeenName = false; // the first report of the name is not a change
    QTimer announcement;
};

// One read or write: bus, service, search, perhaps the write, each step begun by the callback of the one before.
struct SecretServiceItems::Request : std::enable_shared_from_this<SecretServiceItems::Request> {
    void begin();
    void search();
    void replace(SecretItem *item, SecretValue *before);
    void finish(base::Result<base::Secret> result);
    void fail(base::ErrorKind kind, const QString &detail = {});
    [[nodiscard]] bool hasFailed(GError *error);
    [[nodiscard]] gpointer handle() { return new std::shared_ptr<Request>(shared_from_this()); }
    static std::shared_ptr<Request> taken(gpointer handle)
    {
        const std::unique_ptr<std::shared_ptr<Request>> owned(static_cast<std::shared_ptr<Request> *>(handle));
        return *owned;
    }
    static void onBus(GObject *source, GAsyncResult *result, gpointer data);
    static void onService(GObject *source, GAsyncResult *result, gpointer data);
    static void onFound(GObject *source, GAsyncResult *result, gpointer data);
    static void onReplaced(GObject *source, GAsyncResult *result, gpointer data);

    std::shared_ptr<Session> session;
    KeychainAttributes attributes;
    std::optional<base::Secret> successor; // to be written
    QPointer<QObject> context;
    Callback callback; // empty once it was called
    GPointer<GCancellable> cancellable{g_cancellable_new()};
};

void SecretServiceItems::Session::watch(GDBusConnection *bus)
{
    if (connection != nullptr || owner == nullptr)
        return;
    connection.reset(G_DBUS_CONNECTION(g_object_ref(bus)));
    // The end of the bus must not end the program by SIGTERM.
    g_dbus_connection_set_exit_on_close(bus, FALSE);
    nameWatch = g_bus_watch_name_on_connection(bus, serviceName, G_BUS_NAME_WATCHER_FLAGS_NONE, onAppeared, onVanished,
                                               this, nullptr);
    subscriptions = {
        g_dbus_connection_signal_subscribe(bus, serviceName, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                                           nullptr, "org.freedesktop.Secret.Collection", G_DBUS_SIGNAL_FLAGS_NONE,
                                           onSignal, this, nullptr),
        g_dbus_connection_signal_subscribe(bus, serviceName, "org.freedesktop.Secret.Service", "CollectionChanged",
                                           nullptr, nullptr, G_DBUS_SIGNAL_FLAGS_NONE, onSignal, this, nullptr)};
}

void SecretServiceItems::Session::unwatch()
{
    if (nameWatch != 0)
        g_bus_unwatch_name(nameWatch);
    for (const guint subscription : subscriptions)
        g_dbus_connection_signal_unsubscribe(connection.get(), subscription);
    nameWatch = 0;
    subscriptions.clear();
}

// Unlocking a keychain sends one signal per collection and alias.
void SecretServiceItems::Session::announce()
{
    if (owner != nullptr && !announcement.isActive())
        announcement.start();
}

void SecretServiceItems::Session::close()
{
    owner = nullptr;
    unwatch();
    for (const auto &each : requests) {
        if (const auto request = each.lock()) {
            request->callback = nullptr;
            g_cancellable_cancel(request->cancellable.get());
        }
    }
}

void SecretServiceItems::Session::onConnected(GObject *, GAsyncResult *result, gpointer data)
{
    const std::unique_ptr<std::shared_ptr<Session>> session(static_cast<std::shared_ptr<Session> *>(data));
    if (const GPointer<GDBusConnection> bus{g_bus_get_finish(result, nullptr)})
        (*session)->watch(bus.get());
}

void SecretServiceItems::Session::onAppeared(GDBusConnection *, const gchar *, const gchar *, gpointer data)
{
    auto *session = static_cast<Session *>(data);
    if (std::exchange(session->hasSeenName, true))
        session->announce();
}

void SecretServiceItems::Session::onVanished(GDBusConnection *, const gchar *, gpointer data)
{
    auto *session = static_cast<Session *>(data);
    session->hasSeenName = true;
    session->service.reset();
}

// NOLINTNEXTLINE(readability-function-size): GDBusSignalCallback
void SecretServiceItems::Session::onSignal(GDBusConnection *, const gchar *, const gchar *, const gchar *,
                                           const gchar *signal, GVariant *parameters, gpointer data)
{
    auto *session = static_cast<Session *>(data);
    if (g_strcmp0(signal, "PropertiesChanged") == 0) {
        const Variant changed(g_variant_get_child_value(parameters, 1));
        gboolean locked = TRUE;
        if (!g_variant_lookup(changed.get(), "Locked", "b", &locked) || locked != FALSE)
            return;
    }
    session->announce();
}

void SecretServiceItems::Request::begin()
{
    if (session->service != nullptr)
        search();
    else
        // Not to be cancelled: GLib would keep a half-made connection for everybody after us.
        g_bus_get(G_BUS_TYPE_SESSION, nullptr, onBus, handle());
}

void SecretServiceItems::Request::onBus(GObject *, GAsyncResult *result, gpointer data)
{
    const auto request = taken(data);
    GError *error = nullptr;
    const GPointer<GDBusConnection> bus{g_bus_get_finish(result, &error)};
    if (request->hasFailed(error) || !request->callback)
        return;
    request->session->watch(bus.get());
    // Our own, not libsecret's shared one, which would outlive a restart of the keychain.
    secret_service_open(SECRET_TYPE_SERVICE, nullptr, SECRET_SERVICE_OPEN_SESSION, request->cancellable.get(),
                        onService, request->handle());
}

void SecretServiceItems::Request::onService(GObject *, GAsyncResult *result, gpointer data)
{
    const auto request = taken(data);
    GError *error = nullptr;
    GPointer<SecretService> service{secret_service_open_finish(result, &error)};
    if (request->hasFailed(error))
        return;
    request->session->service = std::move(service);
    if (request->callback)
        request->search();
}

void SecretServiceItems::Request::search()
{
    const Table wanted = tableOf(attributes);
    // Without SECRET_SEARCH_UNLOCK, which would prompt.
    const auto flags = static_cast<SecretSearchFlags>(SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS);
    secret_service_search(session->service.get(), nullptr, wanted.get(), flags, cancellable.get(), onFound, handle());
}

void SecretServiceItems::Request::onFound(GObject *source, GAsyncResult *result, gpointer data)
{
    const auto request = taken(data);
    GError *error = nullptr;
    const Items items(secret_service_search_finish(SECRET_SERVICE(source), result, &error));
    if (request->hasFailed(error))
        return;
    SecretItem *item = bestOf(items);
    if (item == nullptr)
        return request->fail(base::ErrorKind::NotFound);
    const Value value(secret_item_get_secret(item));
    if (value == nullptr)
        return request->fail(base::ErrorKind::Locked);
    if (request->successor)
        return request->replace(item, value.get());
    gsize size = 0;
    const gchar *bytes = secret_value_get(value.get(), &size);
    request->finish(base::Secret::copyOf({bytes, size}));
}

void SecretServiceItems::Request::replace(SecretItem *item, SecretValue *before)
{
    const auto bytes = successor->expose();
    const Value value(
        secret_value_new(bytes.data(), static_cast<gssize>(bytes.size()), secret_value_get_content_type(before)));
    // SetSecret never prompts: a collection that was locked meanwhile answers IsLocked.
    secret_item_set_secret(item, value.get(), cancellable.get(), onReplaced, handle());
}

void SecretServiceItems::Request::onReplaced(GObject *source, GAsyncResult *result, gpointer data)
{
    const auto request = taken(data);
    GError *error = nullptr;
    secret_item_set_secret_finish(SECRET_ITEM(source), result, &error);
    if (!request->hasFailed(error))
        request->finish(base::Secret());
}

bool SecretServiceItems::Request::hasFailed(GError *error)
{
    if (error == nullptr)
        return false;
    const Failure failure(error);
    session->service.reset(); // the next read starts afresh
    fail(kindOf(*failure), QString::fromUtf8(failure->message));
    return true;
}

void SecretServiceItems::Request::fail(base::ErrorKind kind, const QString &detail)
{
    finish(base::unexpected({.kind = kind, .subject = nameOf(attributes), .place = {}, .detail = detail}));
}

void SecretServiceItems::Request::finish(base::Result<base::Secret> result)
{
    const Callback answer = std::exchange(callback, nullptr);
    if (answer && context)
        answer(std::move(result));
}

SecretServiceItems::SecretServiceItems(std::chrono::milliseconds deadline, QObject *parent)
    : KeychainItems(parent), m_session(std::make_shared<Session>(this)), m_deadline(deadline)
{
    if (hasSessionBus())
        g_bus_get(G_BUS_TYPE_SESSION, nullptr, Session::onConnected, new std::shared_ptr<Session>(m_session));
}

SecretServiceItems::~SecretServiceItems()
{
    m_session->close();
}

void SecretServiceItems::read(const KeychainAttributes &attributes, QObject *context, Callback callback)
{
    start(attributes, std::nullopt, context, std::move(callback));
}

void SecretServiceItems::write(const KeychainAttributes &attributes, base::Secret secret, QObject *context,
                               WriteCallback callback)
{
    start(attributes, std::move(secret), context,
          [callback = std::move(callback)](const base::Result<base::Secret> &written) {
              callback(written ? base::Result<void>() : base::unexpected(written.error()));
          });
}

void SecretServiceItems::start(const KeychainAttributes &attributes, std::optional<base::Secret> successor,
                               QObject *context, Callback callback)
{
    const auto request = std::make_shared<Request>();
    request->session = m_session;
    request->attributes = attributes;
    request->successor = std::move(successor);
    request->context = context;
    request->callback = std::move(callback);
    std::erase_if(m_session->requests, [](const auto &each) { return each.expired(); });
    m_session->requests.push_back(request);

    if (!hasSessionBus()) {
        QTimer::singleShot(0, this, [request] {
            request->fail(base::ErrorKind::Unavailable, QStringLiteral("there is no session bus"));
        });
        return;
    }
    QTimer::singleShot(m_deadline, this, [request = std::weak_ptr<Request>(request)] {
        if (const auto late = request.lock()) {
            late->fail(base::ErrorKind::TimedOut);
            g_cancellable_cancel(late->cancellable.get());
        }
    });
    request->begin();
}

} // namespace keytender::tools

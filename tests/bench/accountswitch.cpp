// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `accountswitch COUNT`: Keytender's service in HOME, with one account in Claude Code and one put away. Exchanges them
// that many times; one line for each says how many microseconds useAccount() took: locks, the vault, Claude Code's file
// and what stands beside it, all durable.

#include <cstdio>
#include <cstdlib>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTimer>

#include "claudelogin.h"
#include "composition/desktopservice.h"
#include "filechange.h"
#include "service/neighbours/neighbours.h"

using namespace keytender;

namespace {

const QString place = QStringLiteral("claude-cli");

[[noreturn]] void fail(const base::Error &error)
{
    std::fprintf(stderr, "%s\n", qPrintable(base::describe(error)));
    std::exit(1);
}

vault::MasterKey keyIn(const QString &vault)
{
    QFile file(vault + QStringLiteral("/master.key")); // without a keychain it lies beside the vault
    if (!file.open(QIODevice::ReadOnly))
        std::abort();
    const QByteArray bytes = file.readAll();
    return {.key = base::Secret::copyOf({bytes.constData(), static_cast<std::size_t>(bytes.size())}),
            .protection = profile::Protection::SealedByFile};
}

// A login that Keytender keeps for the day when it is wanted in Claude Code.
void putAway(const QString &vaultDirectory, const std::string &account)
{
    base::SystemRandom random;
    const auto vault =
        vault::Vault::open(vaultDirectory, keyIn(vaultDirectory), vault::Vault::Access::ReadWrite, random);
    if (!vault)
        fail(vault.error());
    const base::Timestamp now = base::SystemClock().wallTime();
    vault::Record record;
    record.id = QStringLiteral("anthropic:") + QString::fromStdString(account);
    record.providerId = QStringLiteral("anthropic");
    record.toolId = QStringLiteral("claude-code");
    record.label = record.id;
    record.account = {.id = QString::fromStdString(account),
                      .email = QString::fromStdString(account) + QStringLiteral("@example.org"),
                      .organizationId = QStringLiteral("org-") + QString::fromStdString(account),
                      .organizationName = QStringLiteral("Example"),
                      .plan = QStringLiteral("max")};
    record.care = profile::Care::Own;
    record.credential.tokens.accessToken = base::Secret::copyOf("sk-ant-oat01-" + std::string(95, 'o'));
    record.credential.tokens.refreshToken = base::Secret::copyOf(bench::claudeRefreshToken(account, 1));
    record.credential.tokens.issuedAt = now;
    record.credential.tokens.expiresAt = now + std::chrono::hours(8);
    record.credential.tokens.scopes = QStringList{QStringLiteral("user:inference"), QStringLiteral("user:profile")};
    record.firstSeenAt = now;
    record.lastChangedAt = now;
    if (const auto written = (*vault)->write(record); !written)
        fail(written.error());
}

// The one that is not in use; nothing where there is none.
QString other(const service::Neighbours &neighbours)
{
    for (const service::AccountGroup &group : neighbours.accounts()) {
        for (const auto &account : group.accounts) {
            if (group.profileId == place && !account.isInUse && account.whyNot.isEmpty())
                return account.profileId;
        }
    }
    return {};
}

class Exchange final : public QObject {
public:
    Exchange(service::Service &service, int count) : m_service(service), m_left(count) {}

    void next()
    {
        service::Neighbours *neighbours = m_service.neighbours();
        const QString wanted = neighbours == nullptr ? QString() : other(*neighbours);
        if (wanted.isEmpty() || m_left-- <= 0)
            return QCoreApplication::exit(wanted.isEmpty() ? 1 : 0);
        const auto begin = std::chrono::steady_clock::now();
        const auto used = neighbours->useAccount(wanted, place);
        const auto end = std::chrono::steady_clock::now();
        if (!used)
            fail(used.error());
        std::printf("%lld\n", static_cast<long long>((end - begin) / std::chrono::microseconds(1)));
        std::fflush(stdout);
        // What the watch has to say of it comes first.
        QTimer::singleShot(std::chrono::milliseconds(300), this, &Exchange::next);
    }

private:
    service::Service &m_service;
    int m_left;
};

} // namespace

int main(int argc, char *argv[])
{
    const auto knownSecrets = composition::prepareProcess("accountswitch");
    if (argc != 2 || !knownSecrets)
        return 2;
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("keytender"));
    const base::SystemClock clock;
    composition::DesktopService desktop({.clock = clock, .knownSecrets = knownSecrets});
    const std::string home = desktop.environment.home.toStdString();
    QDir().mkpath(QString::fromStdString(home) + QStringLiteral("/.claude"));
    bench::replaceFile(home + "/.claude/.credentials.json", bench::claudeRecord("me", 1));
    bench::replaceFile(home + "/.claude.json", bench::claudeSettings("me"));
    putAway(service::Places::in(desktop.environment).vault, "other");
    Exchange exchange(desktop.service, std::atoi(argv[1]));
    QObject::connect(&desktop.service, &service::Service::settled, &exchange, &Exchange::next, Qt::QueuedConnection);
    desktop.service.start();
    return QCoreApplication::exec();
}

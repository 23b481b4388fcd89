// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/kwallet.h"

#include <utility>

#include <QDBusMessage>

#include "vault/sessionbus.h"

namespace keytender::vault {

namespace {

const QString application = QStringLiteral("keytender"); // qtkeychain's name for us: its access rights are ours

QDBusMessage walletCall(const QString &method)
{
    return QDBusMessage::createMethodCall(kwalletName, QStringLiteral("/modules/kwalletd5"),
                                          QStringLiteral("org.kde.KWallet"), method);
}

bool isError(const QDBusMessage &answer)
{
    return answer.type() != QDBusMessage::ReplyMessage;
}

using Known = std::function<void(const base::Result<KWalletFacts> &)>;

void askIsOpen(const QString &wallet, std::chrono::milliseconds patience, QObject *context, Known known)
{
    const auto told = [wallet, known = std::move(known)](const QDBusMessage &answer) {
        if (isError(answer))
            known(base::unexpected(errorFromAnswer(answer, kwalletName)));
        else
            known(KWalletFacts{.isPresent = true, .wallet = wallet, .isOpen = answer.arguments().value(0).toBool()});
    };
    QDBusMessage question = walletCall(QStringLiteral("isOpen"));
    question << wallet;
    askBus(question, patience, context, told);
}

void askWallet(std::chrono::milliseconds patience, QObject *context, Known known)
{
    const auto named = [patience, context, known = std::move(known)](const QDBusMessage &answer) {
        if (isError(answer))
            known(base::unexpected(errorFromAnswer(answer, kwalletName)));
        else
            askIsOpen(answer.arguments().value(0).toString(), patience, context, known);
    };
    askBus(walletCall(QStringLiteral("networkWallet")), patience, context, named);
}

} // namespace

bool prefersKWallet(const base::Environment &environment)
{
    const QString version = environment.nonEmptyOr(QStringLiteral("KDE_SESSION_VERSION"), QString());
    if (version != QStringLiteral("5"))
        return false;
    const QString desktop = environment.nonEmptyOr(QStringLiteral("XDG_CURRENT_DESKTOP"), QString());
    return desktop == QStringLiteral("KDE")
           || environment.nonEmptyOr(QStringLiteral("DESKTOP_SESSION"), QString()) == QStringLiteral("kde")
           || !environment.nonEmptyOr(QStringLiteral("KDE_FULL_SESSION"), QString()).isEmpty();
}

void askKWallet(std::chrono::milliseconds patience, QObject *context, Known known)
{
    askPresence(kwalletName, patience, context,
                [patience, context, known = std::move(known)](const base::Result<bool> &isPresent) {
                    if (!isPresent)
                        known(base::unexpected(isPresent.error()));
                    else if (!*isPresent)
                        known(KWalletFacts());
                    else
                        askWallet(patience, context, known);
                });
}

void openKWallet(const QString &wallet, std::chrono::milliseconds patience, QObject *context,
                 std::function<void(base::Result<int>)> opened)
{
    const auto answered = [opened = std::move(opened)](const QDBusMessage &answer) {
        const int handle = isError(answer) ? -1 : answer.arguments().value(0).toInt();
        if (isError(answer))
            opened(base::unexpected(errorFromAnswer(answer, kwalletName)));
        else if (handle < 0)
            opened(
                base::unexpected({.kind = base::ErrorKind::Locked, .subject = kwalletName, .place = {}, .detail = {}}));
        else
            opened(handle);
    };
    QDBusMessage question = walletCall(QStringLiteral("open"));
    question << wallet << qlonglong{0} << application;
    askBus(question, patience, context, answered);
}

void syncKWallet(const QString &wallet, std::chrono::milliseconds patience, QObject *context,
                 std::function<void(base::Result<void>)> synced)
{
    const auto flushed = [synced](const QDBusMessage &answer) {
        synced(isError(answer) ? base::Result<void>(base::unexpected(errorFromAnswer(answer, kwalletName)))
                               : base::Result<void>());
    };
    const auto opened = [patience, context, flushed, synced = std::move(synced)](const base::Result<int> &handle) {
        if (!handle)
            return synced(base::unexpected(handle.error()));
        QDBusMessage question = walletCall(QStringLiteral("sync"));
        question << *handle << application;
        askBus(question, patience, context, flushed);
    };
    openKWallet(wallet, patience, context, opened);
}

} // namespace keytender::vault

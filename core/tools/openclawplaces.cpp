// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/openclawplaces.h"

#include <algorithm>
#include <map>

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include "tools/databasecell.h"
#include "tools/homes.h"
#include "tools/openclawconfig.h"
#include "tools/openclawstore.h"

namespace keytender::tools {

namespace {

const QString mainAgent = QStringLiteral("main");

bool isDirectory(const QString &path)
{
    return QFileInfo(path).isDir();
}

QStringList directoriesIn(const QString &directory, const QString &pattern)
{
    QStringList paths;
    const auto kinds = QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot;
    const QStringList names = QDir(directory).entryList({pattern}, kinds, QDir::Name);
    for (const QString &name : names)
        paths.append(directory + u'/' + name);
    return paths;
}

// Directories that variables name; a relative one is a problem and no more.
QStringList directoriesFrom(const ToolWorld &world, const QStringList &variables, std::vector<base::Error> &problems)
{
    QStringList paths;
    for (const QString &variable : variables) {
        base::Environment environment = world.environment;
        if (const QString value = environment.nonEmptyOr(variable, {}); !value.isEmpty())
            environment.variables.insert(variable, environment.expanded(value.trimmed()));
        if (const auto directory = directoryFrom(environment, variable, problems))
            paths.append(*directory);
    }
    return paths;
}

// OpenClaw was Moltbot, and Clawdbot before; the old directory counts as long as there is no new one.
QString usualStateOf(const QString &home)
{
    const QString usual = home + QStringLiteral("/.openclaw");
    if (isDirectory(usual))
        return usual;
    for (const char *old : {"/.clawdbot", "/.moltbot"}) {
        if (const QString path = home + QString::fromLatin1(old); isDirectory(path))
            return path;
    }
    return usual;
}

std::vector<Home> statesOfOpenClaw(const ToolWorld &world, std::vector<base::Error> &problems)
{
    QStringList further;
    for (const QString &home : directoriesFrom(world, {QStringLiteral("OPENCLAW_HOME")}, problems))
        further.append(usualStateOf(home));
    further += directoriesFrom(world,
                               {QStringLiteral("OPENCLAW_STATE_DIR"), QStringLiteral("MOLTBOT_STATE_DIR"),
                                QStringLiteral("CLAWDBOT_STATE_DIR")},
                               problems);
    further += directoriesIn(world.environment.home, QStringLiteral(".openclaw-*")); // openclaw --profile
    return distinctHomes(usualStateOf(world.environment.home), further + world.extraHomes);
}

// Each installation has a directory of its own, named after where it lies.
std::vector<Home> statesOfCoderClaw(const ToolWorld &world, std::vector<base::Error> &problems)
{
    static const QRegularExpression installation(QStringLiteral("^[0-9a-f]{8}$"));
    QStringList further = directoriesFrom(world, {QStringLiteral("CODERCLAW_STATE_DIR")}, problems);
    QStringList homes = directoriesFrom(world, {QStringLiteral("CODERCLAW_HOME")}, problems);
    homes.prepend(world.environment.home);
    for (const QString &home : std::as_const(homes)) {
        const QString flat = home + QStringLiteral("/.coderclaw");
        further.append(flat);
        for (const QString &path : directoriesIn(flat, QStringLiteral("*"))) {
            if (installation.match(QFileInfo(path).fileName()).hasMatch())
                further.append(path);
        }
        further += directoriesIn(home, QStringLiteral(".coderclaw-*"));
    }
    return distinctHomes(world.environment.home + QStringLiteral("/.coderclaw"), further + world.extraHomes);
}

struct AgentVariables {
    QStringList agents;
    QString configuration;
    QStringList configNames;
};

const AgentVariables &variablesOf(Claw claw)
{
    static const AgentVariables openClaw{
        .agents = {QStringLiteral("OPENCLAW_AGENT_DIR"), QStringLiteral("CLAWDBOT_AGENT_DIR"),
                   QStringLiteral("PI_CODING_AGENT_DIR")},
        .configuration = QStringLiteral("OPENCLAW_CONFIG_PATH"),
        .configNames = {QStringLiteral("openclaw.json"), QStringLiteral("moltbot.json"),
                        QStringLiteral("clawdbot.json")}};
    static const AgentVariables coderClaw{
        .agents = {QStringLiteral("CODERCLAW_AGENT_DIR"), QStringLiteral("PI_CODING_AGENT_DIR")},
        .configuration = QStringLiteral("CODERCLAW_CONFIG_PATH"),
        .configNames = {QStringLiteral("coderclaw.json")}};
    return claw == Claw::OpenClaw ? openClaw : coderClaw;
}

class Search final {
public:
    Search(Claw claw, const ToolWorld &world) : m_claw(claw), m_world(world) {}

    OpenClawStores run()
    {
        const auto states = m_claw == Claw::OpenClaw ? statesOfOpenClaw(m_world, m_found.problems)
                                                     : statesOfCoderClaw(m_world, m_found.problems);
        for (const Home &state : states)
            m_names.append(state.name);
        for (const Home &state : states)
            searchState(state);
        const QStringList named = directoriesFrom(m_world, variablesOf(m_claw).agents, m_found.problems);
        for (const QString &directory : named)
            addAgent({.path = states.front().path, .name = {}}, shortHomeName(directory), directory);
        m_found.directories.removeDuplicates();
        return std::move(m_found);
    }

private:
    void searchState(const Home &state)
    {
        m_configuration = configurationOf(state);
        m_found.directories += {state.path, state.path + QStringLiteral("/agents")};
        m_isShared = m_claw == Claw::OpenClaw && addShared(state);
        for (const auto &[id, directory] : agentsOf(state))
            addAgent(state, id, directory);
    }

    QString configurationOf(const Home &state) const
    {
        const AgentVariables &variables = variablesOf(m_claw);
        const QString named = m_world.environment.nonEmptyOr(variables.configuration, {});
        if (state.name.isEmpty() && !named.isEmpty())
            return QDir::cleanPath(m_world.environment.expanded(named));
        for (const QString &name : variables.configNames) {
            if (const QString path = state.path + u'/' + name; QFileInfo::exists(path))
                return path;
        }
        return state.path + u'/' + variables.configNames.front();
    }

    std::map<QString, QString> agentsOf(const Home &state)
    {
        const auto directoryOf = [&](const QString &id) {
            return state.path + QStringLiteral("/agents/%1/agent").arg(id);
        };
        std::map<QString, QString> agents{{mainAgent, directoryOf(mainAgent)}};
        for (const QString &path : directoriesIn(state.path + QStringLiteral("/agents"), QStringLiteral("*")))
            agents.emplace(QFileInfo(path).fileName(), path + QStringLiteral("/agent"));
        const auto config = openClawConfigIn(m_configuration, m_world.environment);
        if (!config) {
            m_found.problems.push_back(config.error());
            return agents;
        }
        for (const OpenClawConfig::Agent &agent : config->agents) {
            const QString named = m_world.environment.expanded(agent.directory.trimmed());
            if (QDir::isAbsolutePath(named))
                agents.insert_or_assign(agent.id, QDir::cleanPath(named));
            else
                agents.emplace(agent.id, directoryOf(agent.id));
        }
        return agents;
    }

    // Whether OpenClaw keeps its logins there, or nobody can tell.
    bool addShared(const Home &state)
    {
        const QString directory = state.path + QStringLiteral("/state");
        m_found.directories.append(directory);
        const QString file = directory + QStringLiteral("/openclaw.sqlite");
        if (!QFileInfo::exists(file))
            return false;
        OpenClawStore store = storeIn(state, {});
        store.place.path = file + QStringLiteral("#authProfiles.store");
        store.place.homeName = state.name;
        store.place.cell = DatabaseCell{.file = file,
                                        .table = QStringLiteral("config_machine_state"),
                                        .keyColumn = QStringLiteral("state_key"),
                                        .key = QStringLiteral("authProfiles.store"),
                                        .valueColumn = QStringLiteral("value_json"),
                                        .timeColumn = QStringLiteral("updated_at_ms"),
                                        .kind = QStringLiteral("openclaw-shared")};
        const bool isUsed = isInUse(store.place);
        if (const QString leftover = jsonIn(state.path + QStringLiteral("/agents/main/agent"));
            isUsed && QFileInfo::exists(leftover))
            store.leftover = leftover;
        m_found.stores.push_back(std::move(store));
        return isUsed;
    }

    void addAgent(const Home &state, const QString &id, const QString &directory)
    {
        if (std::ranges::any_of(m_found.stores, [&](const OpenClawStore &other) {
                return !other.agentDirectory.isEmpty() && isSameDirectory(other.agentDirectory, directory);
            }))
            return;
        m_found.directories += {QFileInfo(directory).path(), directory};
        OpenClawStore store = storeIn(state, directory);
        const bool isUsual = id == mainAgent && !m_isShared;
        store.place.homeName = isUsual ? state.name : uniqueName(state.name.isEmpty() ? id : state.name + u'-' + id);
        const QString json = jsonIn(directory);
        const QString database = directory + QStringLiteral("/openclaw-agent.sqlite");
        bool isInDatabase = m_isShared;
        if (m_claw == Claw::OpenClaw && QFileInfo::exists(database)) {
            OpenClawStore inDatabase = store;
            inDatabase.place.path = database + QStringLiteral("#primary");
            inDatabase.place.cell = DatabaseCell{.file = database,
                                                 .table = QStringLiteral("auth_profile_store"),
                                                 .keyColumn = QStringLiteral("store_key"),
                                                 .key = QStringLiteral("primary"),
                                                 .valueColumn = QStringLiteral("store_json"),
                                                 .timeColumn = QStringLiteral("updated_at"),
                                                 .kind = QStringLiteral("openclaw-agent")};
            isInDatabase = isInUse(inDatabase.place) || m_isShared;
            if (isInDatabase && QFileInfo::exists(json))
                inDatabase.leftover = json;
            m_found.stores.push_back(std::move(inDatabase));
        }
        if (isInDatabase)
            return noteLeftover(json);
        store.place.path = json;
        const QString import = importOf(state);
        if (id == mainAgent && !QFileInfo::exists(json) && QFileInfo::exists(import)) {
            store.place.path = import;
            store.place.companions.append(json); // once it is there, it counts alone
            store.isImport = true;
        }
        m_found.stores.push_back(std::move(store));
    }

    QString importOf(const Home &state) const
    {
        const QString usual = state.path + QStringLiteral("/credentials");
        const QString named = m_claw == Claw::OpenClaw && state.name.isEmpty()
                                  ? m_world.environment.nonEmptyOr(QStringLiteral("OPENCLAW_OAUTH_DIR"), usual)
                                  : usual;
        return QDir::cleanPath(m_world.environment.expanded(named)) + openClawImportName;
    }

    void noteLeftover(const QString &json)
    {
        if (QFileInfo::exists(json))
            m_found.problems.push_back({.kind = base::ErrorKind::Overridden,
                                        .subject = json,
                                        .place = {},
                                        .detail = QStringLiteral("OpenClaw reads its database instead; "
                                                                 "`openclaw doctor --fix` moves what is in it there")});
    }

    OpenClawStore storeIn(const Home &state, const QString &agentDirectory) const
    {
        OpenClawStore store;
        store.stateDirectory = state.path;
        store.agentDirectory = agentDirectory;
        store.configuration = m_configuration;
        store.place.companions = {m_configuration}; // a change of it leads here again
        return store;
    }

    bool isInUse(const CopyPlace &place) const
    {
        const Fetched fetched = fetchCell(place, m_world.environment.user);
        return fetched.content || fetched.content.error().kind != base::ErrorKind::NotFound;
    }

    static QString jsonIn(const QString &directory) { return directory + QStringLiteral("/auth-profiles.json"); }

    QString uniqueName(const QString &wanted)
    {
        const QString plain = shortHomeName(wanted);
        QString name = plain;
        for (int i = 2; m_names.contains(name); ++i)
            name = plain + QStringLiteral("-%1").arg(i);
        m_names.append(name);
        return name;
    }

    Claw m_claw;
    const ToolWorld &m_world;
    OpenClawStores m_found;
    QString m_configuration; // of the state that is searched just now
    bool m_isShared = false;
    QStringList m_names;
};

} // namespace

OpenClawStores openClawStores(Claw claw, const ToolWorld &world)
{
    return Search(claw, world).run();
}

Located locatedOf(OpenClawStores found)
{
    Located located{.places = {}, .directories = std::move(found.directories), .problems = std::move(found.problems)};
    for (OpenClawStore &store : found.stores)
        located.places.push_back(std::move(store.place));
    return located;
}

std::optional<OpenClawStore> openClawStoreAt(Claw claw, const CopyPlace &place, const ToolWorld &world)
{
    OpenClawStores found = openClawStores(claw, world);
    const auto store =
        std::ranges::find_if(found.stores, [&](const OpenClawStore &other) { return other.place.path == place.path; });
    if (store == found.stores.end())
        return std::nullopt;
    return std::move(*store);
}

} // namespace keytender::tools

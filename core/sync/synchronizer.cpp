// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/synchronizer.h"

#include <algorithm>

#include <QTimer>

#include "sync/filewatch.h"
#include "sync/placebook.h"
#include "sync/placereader.h"
#include "sync/profileledger.h"

namespace keytender::sync {

namespace {

base::FingerprintKey keyUntilThereIsAVault()
{
    base::SystemRandom random;
    return base::FingerprintKey::random(random);
}

bool isWorthAskingAgain(const Place &place)
{
    return place.keychainProblem == base::ErrorKind::Locked || place.keychainProblem == base::ErrorKind::Unavailable
           || place.keychainProblem == base::ErrorKind::TimedOut;
}

tools::CopyReading absentReading(const tools::CopyPlace &place)
{
    tools::CopyReading reading;
    reading.slot = place.slot;
    return reading;
}

} // namespace

struct Synchronizer::State {
    State(Synchronizer &synchronizer, std::vector<std::unique_ptr<tools::Tool>> toolList, SynchronizerWorld around);

    void locate(std::size_t tool);
    void locateAll();
    void watchAll();
    void lookAtAll(PlaceReader::Turn keychain);
    void onFileChanged(const QString &path);
    void onDirectoryChanged(const QString &path);
    void lookAgainAt(const QString &profileId);
    void onUnreliabilityChanged(const QString &reason);
    void askLockedItems();
    void finishRound();

    void receive(const PlaceBook::Key &key, std::vector<tools::CopyReading> readings, const tools::Fetched &fetched);
    void takeError(Place &place, const tools::CopyReading &reading, News &news);
    void takeAbsence(const Place &place, const QSet<QString> &ids, News &news);
    void forget(const Place &place);
    void noteVanished();
    void tell(const News &news);

    Synchronizer &self;
    std::vector<std::unique_ptr<tools::Tool>> tools;
    SynchronizerWorld world;
    PlaceBook book;
    ProfileLedger ledger;
    FileWatch watch;
    QTimer poll;
    bool isStarted = false;
    bool isRoundOpen = false;
    bool isScanOpen = false;
    PlaceReader reader; // the last: it calls the others
};

Synchronizer::State::State(Synchronizer &synchronizer, std::vector<std::unique_ptr<tools::Tool>> toolList,
                           SynchronizerWorld around)
    : self(synchronizer), tools(std::move(toolList)), world(std::move(around)), ledger(keyUntilThereIsAVault()),
      reader(
          book, {.clock = world.clock, .keychain = world.keychain, .owner = world.environment.user},
          [this](const Place &place, const tools::Fetched &fetched) {
              return tools[place.tool]->read(place.copy, fetched, world.clock.wallTime());
          },
          [this](const PlaceBook::Key &key, std::vector<tools::CopyReading> readings, const tools::Fetched &fetched) {
              receive(key, std::move(readings), fetched);
          })
{
    poll.setInterval(rereadInterval);
    poll.setTimerType(Qt::CoarseTimer);
}

Synchronizer::Synchronizer(std::vector<std::unique_ptr<tools::Tool>> tools, SynchronizerWorld world, QObject *parent)
    : QObject(parent), m_state(std::make_unique<State>(*this, std::move(tools), std::move(world)))
{
    State *state = m_state.get();
    const auto lookAgain = [state] { state->lookAtAll(PlaceReader::Turn::WhenDue); };
    connect(&state->watch, &FileWatch::fileChanged, this, [state](const QString &path) { state->onFileChanged(path); });
    connect(&state->watch, &FileWatch::directoryChanged, this,
            [state](const QString &path) { state->onDirectoryChanged(path); });
    connect(&state->watch, &FileWatch::everythingChanged, this, lookAgain);
    connect(&state->watch, &FileWatch::unreliabilityChanged, this,
            [state](const QString &reason) { state->onUnreliabilityChanged(reason); });
    connect(&state->poll, &QTimer::timeout, this, [state, lookAgain] {
        state->watch.rearm();
        lookAgain();
    });
    connect(&state->reader, &PlaceReader::idle, this, [state] { state->finishRound(); });
    connect(&state->world.keychain, &tools::KeychainItems::availabilityChanged, this,
            [state] { state->askLockedItems(); });
}

Synchronizer::~Synchronizer() = default;

void Synchronizer::start()
{
    m_state->isStarted = true;
    m_state->lookAtAll(PlaceReader::Turn::WhenDue);
}

void Synchronizer::rescan(Keychain keychain)
{
    if (m_state->isStarted)
        m_state->lookAtAll(keychain == Keychain::Now ? PlaceReader::Turn::Now : PlaceReader::Turn::WhenDue);
}

void Synchronizer::setExtraHomes(const std::map<QString, QStringList> &homes)
{
    if (homes == m_state->world.extraHomes)
        return;
    m_state->world.extraHomes = homes;
    rescan(Keychain::WhenDue);
}

void Synchronizer::setVault(std::unique_ptr<vault::Vault> vault)
{
    News news;
    m_state->ledger.setVault(std::move(vault), news);
    m_state->reader.holdBytes(false);
    m_state->tell(news);
    for (const PlaceBook::Key &key : m_state->book.keys()) {
        Place *place = m_state->book.find(key);
        if (place == nullptr)
            continue;
        place->digest.clear();
        if (!place->isFile())
            m_state->reader.bringHeld(key);
    }
    if (m_state->isStarted)
        m_state->lookAtAll(PlaceReader::Turn::WhenDue);
}

vault::Vault *Synchronizer::vault() const
{
    return m_state->ledger.vault();
}

void Synchronizer::reload(const QString &profileId)
{
    News news;
    m_state->ledger.reload(profileId, news);
    m_state->tell(news);
}

const std::map<QString, profile::Profile> &Synchronizer::profiles() const
{
    return m_state->ledger.profiles();
}

base::Result<void> Synchronizer::setCare(const QString &profileId, profile::Care care)
{
    News news;
    const base::Result<void> set = m_state->ledger.setCare(profileId, care, news);
    m_state->tell(news);
    if (set)
        m_state->lookAgainAt(profileId);
    return set;
}

void Synchronizer::lookAgain(const QString &profileId)
{
    m_state->lookAgainAt(profileId);
}

void Synchronizer::noteEnded(const QString &profileId, const base::Fingerprint &refreshToken)
{
    m_state->ledger.noteEnded(profileId, refreshToken);
    m_state->lookAgainAt(profileId);
}

std::vector<Whereabouts> Synchronizer::whereaboutsOf(const QString &profileId) const
{
    const auto found = profiles().find(profileId);
    return found == profiles().end() ? std::vector<Whereabouts>()
                                     : whereaboutsIn(m_state->book, m_state->tools, found->second);
}

tools::ToolWorld Synchronizer::toolWorld(const QString &toolId) const
{
    const auto homes = m_state->world.extraHomes.find(toolId);
    return {.environment = m_state->world.environment,
            .extraHomes = homes == m_state->world.extraHomes.end() ? QStringList() : homes->second};
}

std::vector<Looked> Synchronizer::looked() const
{
    return lookedIn(m_state->book, m_state->tools);
}

QString Synchronizer::watchUnreliability() const
{
    return m_state->watch.unreliability();
}

bool Synchronizer::isSettled() const
{
    return m_state->isStarted && !m_state->isRoundOpen && !m_state->reader.isReading() && !m_state->reader.isAsking();
}

void Synchronizer::State::lookAtAll(PlaceReader::Turn keychain)
{
    isScanOpen = true;
    isRoundOpen = true;
    locateAll();
    std::vector<PlaceBook::Key> files;
    for (const PlaceBook::Key &key : book.keys()) {
        if (book.find(key)->isFile())
            files.push_back(key);
        else
            reader.ask(key, keychain);
    }
    reader.readSoon(files);
}

void Synchronizer::State::locateAll()
{
    for (std::size_t tool = 0; tool < tools.size(); ++tool)
        locate(tool);
    watchAll(); // before anything is read: what changes in between is told
}

void Synchronizer::State::locate(std::size_t tool)
{
    const tools::Located located = tools[tool]->locate(self.toolWorld(tools[tool]->facts().id));
    for (const base::Error &problem : located.problems)
        Q_EMIT self.problemFound(problem);
    const PlaceBook::Moves moves = book.replace(tool, located);
    for (const Place &place : moves.removed)
        forget(place);
    std::vector<PlaceBook::Key> files;
    for (const PlaceBook::Key &key : moves.toRead) {
        if (book.find(key)->isFile())
            files.push_back(key);
        else
            reader.askInTurn(key);
    }
    reader.readSoon(files);
}

void Synchronizer::State::watchAll()
{
    watch.watch(book.files(), book.directories());
}

void Synchronizer::State::onFileChanged(const QString &path)
{
    for (const PlaceBook::Key &key : book.placesOf(path))
        reader.readNow(key);
    const QSet<PlaceBook::Key> beside = book.placesBeside(path);
    if (beside.isEmpty())
        return;
    // It may also say where to look.
    QSet<std::size_t> toLocate;
    for (const PlaceBook::Key &key : beside)
        toLocate.insert(book.find(key)->tool);
    for (const std::size_t tool : toLocate)
        locate(tool);
    watchAll();
    std::vector<PlaceBook::Key> files;
    for (const PlaceBook::Key &key : beside) {
        const Place *place = book.find(key);
        if (place != nullptr && place->isFile())
            files.push_back(key);
        else
            reader.askInTurn(key);
    }
    reader.readSoon(files);
}

void Synchronizer::State::onDirectoryChanged(const QString &path)
{
    for (const std::size_t tool : book.toolsIn(path))
        locate(tool);
    watchAll();
}

void Synchronizer::State::lookAgainAt(const QString &profileId)
{
    std::vector<PlaceBook::Key> files;
    for (const PlaceBook::Key &key : book.keys()) {
        Place *place = book.find(key);
        if (!place->profiles.contains(profileId))
            continue;
        place->digest.clear();
        if (place->isFile())
            files.push_back(key);
        else
            reader.askInTurn(key);
    }
    reader.readSoon(files);
}

void Synchronizer::State::onUnreliabilityChanged(const QString &reason)
{
    if (reason.isEmpty())
        poll.stop();
    else if (!poll.isActive())
        poll.start();
    Q_EMIT self.watchUnreliabilityChanged(reason);
}

void Synchronizer::State::askLockedItems()
{
    for (const PlaceBook::Key &key : book.keys()) {
        const Place *place = book.find(key);
        if (!place->isFile() && isWorthAskingAgain(*place))
            reader.ask(key, PlaceReader::Turn::Now);
    }
}

void Synchronizer::State::finishRound()
{
    if (isScanOpen && !reader.isReading()) {
        isScanOpen = false;
        Q_EMIT self.scanned();
    }
    if (isRoundOpen && !reader.isReading() && !reader.isAsking()) {
        isRoundOpen = false;
        noteVanished();
        Q_EMIT self.settled();
    }
}

void Synchronizer::State::receive(const PlaceBook::Key &key, std::vector<tools::CopyReading> readings,
                                  const tools::Fetched &fetched)
{
    Place &place = *book.find(key);
    const tools::ToolFacts &facts = tools[place.tool]->facts();
    const base::Timestamp now = world.clock.wallTime();
    News news;
    const tools::CopyReading &first = readings.front();
    if (readings.size() == 1 && first.state == profile::CopyState::Unreadable && first.slot == place.copy.slot) {
        takeError(place, first, news);
        return tell(news);
    }
    const auto writtenAt = sync::writtenAt(fetched);
    QSet<QString> here;
    for (tools::CopyReading &reading : readings) {
        if (world.knownSecrets && reading.credential) {
            world.knownSecrets->learn(reading.credential->tokens.accessToken);
            world.knownSecrets->learn(reading.credential->tokens.refreshToken);
        }
        const QString id = profileIdOf(facts, place.copy, reading);
        here.insert(id);
        ledger.take(id, {.tool = facts, .place = place.copy, .reading = std::move(reading), .writtenAt = writtenAt},
                    now, news);
    }
    takeAbsence(place, place.profiles - here, news);
    place.profiles = here;
    tell(news);
}

// An error is told of every login that lies here, as far as anybody knows.
void Synchronizer::State::takeError(Place &place, const tools::CopyReading &reading, News &news)
{
    const tools::ToolFacts &facts = tools[place.tool]->facts();
    QSet<QString> ids;
    for (const QString &id : place.profiles + ledger.possiblyAt(facts, place.copy)) {
        if (ledger.holds(id))
            ids.insert(id);
    }
    if (ids.isEmpty() && !isToldOfBeside(book, ledger.profiles(), place, reading.problem))
        ids.insert(profileIdOf(facts, place.copy, reading));
    for (const QString &id : ids) {
        tools::CopyReading told;
        told.label = reading.label;
        told.state = reading.state;
        told.protection = reading.protection;
        told.problem = reading.problem;
        ledger.take(id, {.tool = facts, .place = place.copy, .reading = std::move(told), .writtenAt = std::nullopt},
                    world.clock.wallTime(), news);
    }
    takeAbsence(place, place.profiles - ids, news);
    place.profiles = ids;
}

void Synchronizer::State::takeAbsence(const Place &place, const QSet<QString> &ids, News &news)
{
    for (const QString &id : ids)
        ledger.take(id,
                    {.tool = tools[place.tool]->facts(),
                     .place = place.copy,
                     .reading = absentReading(place.copy),
                     .writtenAt = std::nullopt},
                    world.clock.wallTime(), news);
}

void Synchronizer::State::forget(const Place &place)
{
    News news;
    takeAbsence(place, place.profiles, news);
    tell(news);
}

// Logins of the vault that no place speaks of any more, now that every place has spoken.
void Synchronizer::State::noteVanished()
{
    News news;
    for (const QString &id : ledger.withoutCopies()) {
        if (const auto place = likelyPlaceOf(book, tools, ledger.profiles().at(id)))
            ledger.noteVanished(id, *place, news);
    }
    tell(news);
}

void Synchronizer::State::tell(const News &news)
{
    for (const base::Error &problem : news.problems)
        Q_EMIT self.problemFound(problem);
    for (const Sighting &sighting : news.sightings)
        Q_EMIT self.sighted(sighting);
    for (const QString &id : news.removed)
        Q_EMIT self.profileRemoved(id);
    for (const QString &id : news.changed)
        Q_EMIT self.profileChanged(id);
}

} // namespace keytender::sync

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/hermesstore.h"

#include <algorithm>
#include <array>

#include <sodium.h>

namespace keytender::tools {

namespace {

using Kind = HermesRecord::Kind;

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

QString shaOf(const base::Secret &secret)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    const std::string_view bytes = secret.expose();
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size());
    return QString::fromLatin1(
        QByteArray::fromRawData(reinterpret_cast<const char *>(hash.data()), qsizetype(hash.size())).toHex());
}

// "sha256:" and the like are left out; what is too short to be told from chance is nothing.
QString hashIn(const QString &text)
{
    constexpr qsizetype least = 12;
    const QString digits = text.section(u':', -1).toLower();
    const bool isHex = std::ranges::all_of(
        digits, [](QChar digit) { return (digit >= u'0' && digit <= u'9') || (digit >= u'a' && digit <= u'f'); });
    return isHex && digits.size() >= least && digits.size() <= 2 * qsizetype(crypto_hash_sha256_BYTES) ? digits
                                                                                                       : QString();
}

void collectHashes(const base::JsonValue &value, QStringList &hashes)
{
    const auto take = [&hashes](const QString &text) {
        if (const QString hash = hashIn(text); !hash.isEmpty())
            hashes.append(hash);
    };
    if (const auto text = value.string())
        take(*text);
    for (const base::JsonValue &element : value.elements())
        collectHashes(element, hashes);
    for (const auto &[key, member] : value.members()) {
        take(key);
        collectHashes(member, hashes);
    }
}

HermesLogin broken(QString slot, const QString &entry, base::Error problem)
{
    HermesLogin login;
    login.slot = std::move(slot);
    login.entry = entry;
    login.problem = std::move(problem);
    return login;
}

HermesLogin loginOf(HermesRecord record)
{
    HermesLogin login;
    login.entry = record.entry;
    login.records.push_back(std::move(record));
    return login;
}

// Gathers what the file says of one provider after the other.
class Collector final {
public:
    Collector(base::JsonValue root, const HermesSpentTokens &spent) : m_root(std::move(root)), m_spent(spent) {}

    std::vector<HermesLogin> collect();

private:
    void takeStates();
    void takePool();
    void takeRow(const QString &entry, const base::JsonValue &row, std::size_t number);
    void take(HermesRecord record);
    void settle(const QString &entry);
    void nameSlots(const QString &entry);
    void dropNeedless();

    [[nodiscard]] std::vector<HermesLogin *> loginsOf(const QString &entry);

    base::JsonValue m_root;
    const HermesSpentTokens &m_spent;
    QStringList m_entries;
    QStringList m_brokenOwn; // slots of rows that could not be read and are Hermes' own sign-in
    std::vector<HermesLogin> m_logins;
};

std::vector<HermesLogin> Collector::collect()
{
    takeStates();
    takePool();
    m_entries.removeDuplicates();
    for (const QString &entry : std::as_const(m_entries)) {
        settle(entry);
        nameSlots(entry);
    }
    dropNeedless();
    return std::move(m_logins);
}

void Collector::takeStates()
{
    const auto takeState = [this](const QString &entry, const base::JsonValue &state) {
        m_entries.append(entry);
        auto record = hermesStateIn(entry, state);
        if (record)
            take(std::move(*record));
        else
            m_logins.push_back(broken(entry, entry, record.error()));
    };
    const QString nous = QStringLiteral("nous");
    const base::JsonValue providers = m_root.member("providers");
    if (!providers.isMissing() && !providers.isNull() && !providers.isObject())
        m_logins.push_back(broken({}, {}, providers.object().error()));
    for (const auto &[entry, state] : providers.members()) {
        if (!state.isNull())
            takeState(entry, state);
    }
    // Where Nous' login lay before there were `providers`; Hermes moves it at its next start.
    const base::JsonValue legacy = m_root.member("systems").member("nous_portal");
    if (legacy.isObject() && providers.member("nous").isMissing())
        takeState(nous, legacy);
}

void Collector::takePool()
{
    const base::JsonValue pool = m_root.member("credential_pool");
    if (!pool.isMissing() && !pool.isNull() && !pool.isObject())
        m_logins.push_back(broken({}, {}, pool.object().error()));
    for (const auto &[entry, rows] : pool.members()) {
        m_entries.append(entry);
        if (rows.type() != base::JsonType::Array && !rows.isNull()) {
            m_logins.push_back(
                broken(entry + QStringLiteral(":pool"), entry, rows.error(QStringLiteral("is not a list"))));
            continue;
        }
        std::size_t number = 0;
        for (const base::JsonValue &row : rows.elements())
            takeRow(entry, row, number++);
    }
}

void Collector::takeRow(const QString &entry, const base::JsonValue &row, std::size_t number)
{
    auto record = hermesRowIn(entry, row);
    if (!record) {
        const auto id = row.member("id").string();
        const QString name = id && !id->isEmpty() ? *id : QStringLiteral("#%1").arg(number);
        const auto source = row.member("source").string();
        m_logins.push_back(broken(entry + u':' + name, entry, record.error()));
        if (source && !source->isEmpty() && *source == hermesProvider(entry).source)
            m_brokenOwn.append(m_logins.back().slot);
        return;
    }
    if (record->id.isEmpty())
        record->id = QStringLiteral("#%1").arg(number);
    if (isHermesOwnSource(entry, record->source))
        take(std::move(*record));
}

void Collector::take(HermesRecord record)
{
    record.isSuppressed = !record.source.isEmpty() && isHermesSourceSuppressed(m_root, record.entry, record.source);
    if (!record.end && m_spent.holds(record.credential.tokens.refreshToken))
        record.end = record.value.error(QStringLiteral("Hermes has noted the refresh token as spent"));
    const auto same = std::ranges::find_if(m_logins, [&](const HermesLogin &login) {
        return !login.records.empty() && login.entry == record.entry && login.first().isSameGrantAs(record);
    });
    if (same == m_logins.end())
        m_logins.push_back(loginOf(std::move(record)));
    else
        same->records.push_back(std::move(record));
}

std::vector<HermesLogin *> Collector::loginsOf(const QString &entry)
{
    std::vector<HermesLogin *> found;
    for (HermesLogin &login : m_logins) {
        if (login.entry == entry && !login.records.empty())
            found.push_back(&login);
    }
    return found;
}

// Later by its end, or else by its last renewal; nothing where neither tells.
std::optional<bool> isLater(const HermesRecord &one, const HermesRecord &other)
{
    const auto &mine = one.credential.tokens.expiresAt;
    const auto &theirs = other.credential.tokens.expiresAt;
    if (mine && theirs && *mine != *theirs)
        return *mine > *theirs;
    if (one.refreshedAt && other.refreshedAt && *one.refreshedAt != *other.refreshedAt)
        return *one.refreshedAt > *other.refreshedAt;
    return std::nullopt;
}

// Hermes keeps a provider's state and the row that mirrors it in step. Where they differ nevertheless the later one is
// the login, and the other holds what was spent for it: never a login of its own (#106705).
void Collector::settle(const QString &entry)
{
    const auto holderOf = [&](Kind kind) -> std::pair<HermesLogin *, std::size_t> {
        for (HermesLogin *login : loginsOf(entry)) {
            for (std::size_t at = 0; at < login->records.size(); ++at) {
                const HermesRecord &record = login->records[at];
                if (record.kind == kind && record.isMirrored() && record.holdsTokens())
                    return {login, at};
            }
        }
        return {nullptr, 0};
    };
    const auto [withState, stateAt] = holderOf(Kind::State);
    const auto [withRow, rowAt] = holderOf(Kind::Row);
    if (withState == nullptr || withRow == nullptr || withState == withRow)
        return;
    const auto isRowLater = isLater(withRow->records[rowAt], withState->records[stateAt]);
    const bool isRowTheLogin = isRowLater.value_or(false);
    HermesLogin &kept = isRowTheLogin ? *withRow : *withState;
    HermesLogin &left = isRowTheLogin ? *withState : *withRow;
    const std::size_t leftAt = isRowTheLogin ? stateAt : rowAt;
    kept.isAmbiguous = !isRowLater.has_value();
    kept.problem = left.records[leftAt].value.error(
        kept.isAmbiguous ? QStringLiteral("holds other tokens than its counterpart, and neither is provably later")
                         : QStringLiteral("holds older tokens than its counterpart"));
    left.records.erase(left.records.begin() + static_cast<std::ptrdiff_t>(leftAt));
}

// The one that Hermes signed in to itself bears the provider's name alone; further ones, and those that the user put
// into the pool, the smallest id of their rows, so that their order says nothing.
void Collector::nameSlots(const QString &entry)
{
    bool isTaken = std::ranges::any_of(
        m_logins, [&](const HermesLogin &login) { return login.records.empty() && login.slot == entry; });
    const auto holdTokens = [](const HermesLogin *login) { return login->first().holdsTokens(); };
    std::vector<HermesLogin *> logins = loginsOf(entry);
    // A wiped record must not take the name of a login.
    std::stable_partition(logins.begin(), logins.end(), holdTokens);
    for (HermesLogin *login : logins) {
        const bool isOwn = std::ranges::any_of(
            login->records, [](const HermesRecord &r) { return r.kind == Kind::State || r.isMirrored(); });
        QStringList ids;
        for (const HermesRecord &record : login->records) {
            if (record.kind == Kind::Row)
                ids.append(record.id);
        }
        if (isOwn && !isTaken) {
            isTaken = true;
            login->slot = entry;
            continue;
        }
        login->slot = entry + u':' + (ids.isEmpty() ? QStringLiteral("state") : *std::ranges::min_element(ids));
        const QString &label = login->first().label;
        login->label = label.isEmpty() || label == login->first().source ? QString() : label;
    }
    const auto unread = std::ranges::find_if(m_logins, [&](const HermesLogin &login) {
        return login.records.empty() && login.entry == entry && m_brokenOwn.contains(login.slot);
    });
    if (!isTaken && unread != m_logins.end())
        unread->slot = entry;
}

// Without tokens only what Hermes wiped is worth a word, and only where no other record holds the login.
void Collector::dropNeedless()
{
    QStringList seen;
    for (const HermesLogin &login : m_logins) {
        if (!login.records.empty() && login.first().holdsTokens())
            seen.append(login.slot);
    }
    std::erase_if(m_logins, [&](const HermesLogin &login) {
        if (login.records.empty())
            return !login.problem.has_value();
        const HermesRecord &record = login.first();
        if (record.holdsTokens())
            return false;
        const bool isWorthAWord = record.end || record.refusal || record.isBlanked;
        const bool isHeldElsewhere = record.isMirrored() && seen.contains(record.entry);
        return !isWorthAWord || isHeldElsewhere;
    });
}

} // namespace

HermesSpentTokens::HermesSpentTokens(const base::JsonValue &registry)
{
    collectHashes(registry, m_hashes);
}

HermesSpentTokens HermesSpentTokens::beside(const CopyPlace &place, const Fetched &fetched, Remarks &remarks)
{
    const QString path = place.path + hermesSpentSuffix;
    const auto companion = fetched.companions.find(path);
    if (companion == fetched.companions.end())
        return {};
    if (!companion->second) {
        if (companion->second.error().kind != base::ErrorKind::NotFound)
            remarks.add(companion->second.error());
        return {};
    }
    const auto registry = base::JsonSpans::parse(companion->second->bytes.clone(), path);
    if (registry)
        return HermesSpentTokens(registry->root());
    remarks.add(registry.error());
    return {};
}

bool HermesSpentTokens::holds(const base::Secret &refreshToken) const
{
    if (refreshToken.isEmpty() || m_hashes.isEmpty())
        return false;
    const QString hash = shaOf(refreshToken);
    return std::ranges::any_of(m_hashes, [&](const QString &known) { return hash.startsWith(known); });
}

bool HermesLogin::isSuppressed() const
{
    return !records.empty() && std::ranges::all_of(records, &HermesRecord::isSuppressed);
}

std::optional<base::Error> HermesLogin::end() const
{
    const auto ended = std::ranges::find_if(records, [](const HermesRecord &r) { return r.end.has_value(); });
    return ended == records.end() ? std::nullopt : ended->end;
}

std::optional<base::Error> HermesLogin::refusal() const
{
    const auto refused = std::ranges::find_if(records, [](const HermesRecord &r) { return r.refusal.has_value(); });
    return refused == records.end() ? std::nullopt : refused->refusal;
}

base::Result<base::JsonSpans> hermesDocument(const QString &path, const base::FileContent &content)
{
    const std::string_view text = content.bytes.expose();
    if (!text.starts_with(byteOrderMark))
        return parseObject(path, content);
    return parseObject(path,
                       {.bytes = base::Secret::copyOf(text.substr(byteOrderMark.size())), .facts = content.facts});
}

std::vector<HermesLogin> hermesLoginsIn(const base::JsonValue &root, const HermesSpentTokens &spent)
{
    return Collector(root, spent).collect();
}

bool isHermesSourceSuppressed(const base::JsonValue &root, const QString &entry, const QString &source)
{
    const base::JsonValue sources = root.member("suppressed_sources").member(entry.toUtf8().toStdString());
    const auto names = [&](const base::JsonValue &value) {
        const auto name = value.string();
        return name && *name == source;
    };
    const auto listed = sources.elements();
    const auto mapped = sources.members();
    return names(sources) || std::ranges::any_of(listed, names)
           || std::ranges::any_of(mapped, [&](const auto &member) { return member.first == source; });
}

} // namespace keytender::tools

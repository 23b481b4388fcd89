// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/desks/transferstory.h"

#include <utility>

#include <QCoreApplication>

namespace keytender::ipc {

using service::SignOutScope;
using wire::Outcome;

namespace {

constexpr std::size_t partBytes = std::size_t{48} * 1024;
constexpr std::size_t mostBytes = std::size_t{16} << 20;

QString say(const char *text)
{
    return QCoreApplication::translate("Door", text);
}

void tellLine(Inquiry &inquiry, const QString &line)
{
    wire::Message more(wire::Kind::More);
    more.set("line", terminalText(line).toStdString());
    inquiry.tell(more);
}

// What makes this login this one just now.
base::Fingerprint markOf(const vault::Record &login, const base::FingerprintKey &key)
{
    const profile::TokenSet &tokens = login.credential.tokens;
    return key.of(tokens.refreshToken.isEmpty() ? tokens.accessToken : tokens.refreshToken);
}

} // namespace

ExportStory::ExportStory(Inquiry &inquiry, const World &world, Way way)
    : QObject(&inquiry), m_inquiry(inquiry), m_world(world), m_way(way),
      m_parameters(service::KdfParameters::fresh(m_random))
{
    connect(&m_inquiry, &Inquiry::received, this, [this](const wire::Message &more) {
        if (more.value("end") == "yes")
            remove();
    });
}

void ExportStory::start()
{
    // Whoever chose the passphrase can open the file: that is every refresh token. What was said of a login's access
    // token says nothing of this.
    const service::Consent::Request wish{
        .profileId = QStringLiteral("export"),
        .label = say(QT_TRANSLATE_NOOP("Door", "every login")),
        .consumer = m_inquiry.consumer(),
        .purpose = say(QT_TRANSLATE_NOOP("Door", "It wants all of Keytender's own logins in a file that its passphrase "
                                                 "opens, with what renews them."))};
    whenSettled(m_inquiry, m_world.service, [this, wish] {
        m_world.consent.ask(wish, this, [this](const service::Consent::Verdict &verdict) {
            if (!verdict.isAllowed)
                return finish({.outcome = Outcome::Denied, .text = verdict.text});
            derive();
        });
    });
}

void ExportStory::derive()
{
    service::deriveKey(base::Secret::copyOf(m_inquiry.request().value("passphrase")), m_parameters, this,
                       [this](const base::Result<base::Secret> &key) {
                           if (!key)
                               return finish(refusalOf(key.error()));
                           seal(*key);
                       });
}

void ExportStory::seal(const base::Secret &key)
{
    auto carried = m_world.service.ownLogins();
    if (!carried)
        return finish(refusalOf(carried.error()));
    if (carried->logins.empty())
        return finish({.outcome = Outcome::NotFound,
                       .text = say(QT_TRANSLATE_NOOP("Door", "There is no login of Keytender's own to export. "
                                                             "Those of tools stay with their tools."))});
    carried->isMoved = m_way == Way::Move;
    for (const vault::Record &login : carried->logins)
        m_sent.insert_or_assign(login.id, markOf(login, m_key));
    const std::string bytes = service::sealed(*carried, m_parameters, key);
    for (std::size_t at = 0; at < bytes.size(); at += partBytes) {
        wire::Message part(wire::Kind::More);
        part.set("data", std::string_view(bytes).substr(at, partBytes));
        m_inquiry.tell(part);
    }
    const auto others = m_world.service.rows().size() - m_sent.size();
    if (others > 0)
        tellLine(m_inquiry, say(QT_TRANSLATE_NOOP("Door", "Logins that lie with their tools are not in the file: "
                                                          "Keytender finds them again where they are.")));
    m_isTold = true;
    if (m_way == Way::Move) {
        wire::Message whole(wire::Kind::More);
        whole.set("end", "yes");
        m_inquiry.tell(whole);
        return; // until the client has it on its disk
    }
    tellLine(m_inquiry,
             say(QT_TRANSLATE_NOOP("Door", "The logins stay here and go on being renewed here: use them on "
                                           "one machine only. Two that renew one login sign each other out.")));
    finish({.outcome = Outcome::Ok, .text = {}});
}

// What was renewed since is spent in the file, and stays here. Everything else is removed without a word to its
// provider: the other machine goes on with it.
void ExportStory::remove()
{
    if (!m_isTold || m_way != Way::Move || !m_removing.empty())
        return;
    const auto now = m_world.service.ownLogins();
    if (!now)
        return finish(refusalOf(now.error()));
    for (const vault::Record &login : now->logins) {
        const auto sent = m_sent.find(login.id);
        if (sent == m_sent.end() || sent->second != markOf(login, m_key))
            m_kept += login.label;
        else
            m_removing.insert_or_assign(login.id, login.label);
    }
    connect(&m_world.service, &service::Service::signOutFinished, this, &ExportStory::conclude);
    const auto removing = m_removing;
    for (const auto &[id, label] : removing)
        m_world.service.signOut(
            {.what = SignOutScope::What::Profile, .id = id, .keepsKeys = false, .forgetsOnly = true});
    if (removing.empty())
        conclude({});
}

void ExportStory::conclude(const std::vector<service::SignOutResult> &results)
{
    for (const service::SignOutResult &result : results) {
        const auto label = m_removing.extract(result.profileId);
        if (label.empty())
            continue;
        if (!result.hasLeftHere)
            m_kept += label.mapped();
        tellLine(m_inquiry,
                 label.mapped() + QStringLiteral(": ")
                     + (result.hasLeftHere ? say(QT_TRANSLATE_NOOP("Door", "moved into the file")) : result.text));
    }
    if (!m_removing.empty())
        return;
    if (!m_kept.isEmpty())
        return finish({.outcome = Outcome::Failed,
                       .text = say(QT_TRANSLATE_NOOP("Door", "Still here, and still renewed here: %1. Do not "
                                                             "import this file; export once more."))
                                   .arg(m_kept.join(QStringLiteral(", ")))});
    finish({.outcome = Outcome::Ok, .text = {}});
}

// The next one may have its turn, however long the client stays.
void ExportStory::finish(const Refusal &answered)
{
    answer(m_inquiry, answered);
    deleteLater();
}

ImportStory::ImportStory(Inquiry &inquiry, const World &world, Right right)
    : QObject(&inquiry), m_inquiry(inquiry), m_world(world), m_right(right),
      m_passphrase(base::Secret::copyOf(inquiry.request().value("passphrase")))
{
    connect(&m_inquiry, &Inquiry::received, this, &ImportStory::take);
}

void ImportStory::start() {}

void ImportStory::end(const Refusal &answered)
{
    m_hasEnded = true;
    answer(m_inquiry, answered);
    deleteLater();
}

void ImportStory::take(const wire::Message &more)
{
    if (m_hasEnded)
        return;
    const std::string_view part = more.value("data");
    if (m_sealed.size() + part.size() > mostBytes)
        return end({.outcome = Outcome::Failed,
                    .text = say(QT_TRANSLATE_NOOP("Door", "The file is longer than any exported file."))});
    m_sealed += part;
    if (more.value("end") != "yes")
        return;
    m_hasEnded = true;
    whenSettled(m_inquiry, m_world.service, [this] { derive(); });
}

void ImportStory::derive()
{
    if (!m_world.service.canSignIn())
        return end(storeIsClosed(m_world.service));
    const auto parameters = service::KdfParameters::of(m_sealed);
    if (!parameters)
        return end(refusalOf(parameters.error()));
    service::deriveKey(std::move(m_passphrase), *parameters, this, [this](const base::Result<base::Secret> &key) {
        if (!key)
            return end(refusalOf(key.error()));
        open(*key);
    });
}

void ImportStory::open(const base::Secret &key)
{
    auto carried = service::opened(m_sealed, key);
    if (!carried)
        return end(refusalOf(carried.error()));
    carried->isMoved = carried->isMoved || m_right == Right::Renew;
    const service::TakenOver taken = m_world.service.takeOver(*std::move(carried));
    for (const QString &line : taken.lines)
        tellLine(m_inquiry, line);
    if (taken.error)
        return end(refusalOf(*taken.error));
    end({.outcome = Outcome::Ok, .text = {}});
}

} // namespace keytender::ipc

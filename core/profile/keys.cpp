// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "profile/words.h"

namespace keytender::profile {

QString key(Health health)
{
    switch (health) {
    case Health::Fresh:
        return QStringLiteral("fresh");
    case Health::Due:
        return QStringLiteral("due");
    case Health::Paused:
        return QStringLiteral("paused");
    case Health::Refreshing:
        return QStringLiteral("refreshing");
    case Health::Waiting:
        return QStringLiteral("waiting");
    case Health::Unsure:
        return QStringLiteral("unsure");
    case Health::NeedsSignIn:
        return QStringLiteral("needsSignIn");
    case Health::Rejected:
        return QStringLiteral("rejected");
    case Health::Conflict:
        return QStringLiteral("conflict");
    case Health::Expired:
        return QStringLiteral("expired");
    case Health::NoExpiry:
        return QStringLiteral("noExpiry");
    case Health::Unreadable:
        return QStringLiteral("unreadable");
    }
    return {};
}

QString key(Reason reason)
{
    switch (reason) {
    case Reason::None:
        return {};
    case Reason::RenewedByItsTool:
        return QStringLiteral("renewedByItsTool");
    case Reason::SignInEndsSoon:
        return QStringLiteral("signInEndsSoon");
    case Reason::SignInEnded:
        return QStringLiteral("signInEnded");
    case Reason::TokenEndsSoon:
        return QStringLiteral("tokenEndsSoon");
    case Reason::TokenEnded:
        return QStringLiteral("tokenEnded");
    case Reason::SignedOut:
        return QStringLiteral("signedOut");
    case Reason::LockedAwayByTool:
        return QStringLiteral("lockedAwayByTool");
    case Reason::BlankedByTool:
        return QStringLiteral("blankedByTool");
    case Reason::ServiceEnded:
        return QStringLiteral("serviceEnded");
    case Reason::ServiceEndedForSome:
        return QStringLiteral("serviceEndedForSome");
    case Reason::CopyUnreadable:
        return QStringLiteral("copyUnreadable");
    case Reason::DifferentAccount:
        return QStringLiteral("differentAccount");
    case Reason::Ambiguous:
        return QStringLiteral("ambiguous");
    case Reason::KeychainLocked:
        return QStringLiteral("keychainLocked");
    case Reason::Offline:
        return QStringLiteral("offline");
    case Reason::ServerTrouble:
        return QStringLiteral("serverTrouble");
    case Reason::StorageFails:
        return QStringLiteral("storageFails");
    case Reason::Blocked:
        return QStringLiteral("blocked");
    case Reason::Misconfigured:
        return QStringLiteral("misconfigured");
    case Reason::AnswerUnknown:
        return QStringLiteral("answerUnknown");
    case Reason::Refused:
        return QStringLiteral("refused");
    case Reason::AnswerLost:
        return QStringLiteral("answerLost");
    case Reason::OtherAccount:
        return QStringLiteral("otherAccount");
    case Reason::RotationDue:
        return QStringLiteral("rotationDue");
    }
    return {};
}

QString key(CredentialKind kind)
{
    switch (kind) {
    case CredentialKind::OAuth:
        return QStringLiteral("oauth");
    case CredentialKind::Token:
        return QStringLiteral("token");
    case CredentialKind::ApiKey:
        return QStringLiteral("apiKey");
    }
    return {};
}

QString key(Care care)
{
    switch (care) {
    case Care::Own:
        return QStringLiteral("own");
    case Care::Shared:
        return QStringLiteral("shared");
    case Care::Delegated:
        return QStringLiteral("delegated");
    case Care::Watched:
        return QStringLiteral("watched");
    }
    return {};
}

QString key(CopyRole role)
{
    return role == CopyRole::Owner ? QStringLiteral("owner") : QStringLiteral("reader");
}

QString key(CopyState state)
{
    switch (state) {
    case CopyState::Held:
        return QStringLiteral("held");
    case CopyState::Absent:
        return QStringLiteral("absent");
    case CopyState::Blank:
        return QStringLiteral("blank");
    case CopyState::Fenced:
        return QStringLiteral("fenced");
    case CopyState::Unreadable:
        return QStringLiteral("unreadable");
    }
    return {};
}

QString key(Protection protection)
{
    switch (protection) {
    case Protection::Unknown:
        return QStringLiteral("unknown");
    case Protection::Keychain:
        return QStringLiteral("keychain");
    case Protection::Sealed:
        return QStringLiteral("sealed");
    case Protection::SealedByFile:
        return QStringLiteral("sealedByFile");
    case Protection::Obscured:
        return QStringLiteral("obscured");
    case Protection::PrivateFile:
        return QStringLiteral("privateFile");
    case Protection::SharedFile:
        return QStringLiteral("sharedFile");
    }
    return {};
}

QString key(DuplicateKind kind)
{
    return kind == DuplicateKind::SameLineage ? QStringLiteral("sameLineage") : QStringLiteral("sameAccount");
}

} // namespace keytender::profile

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QSet>
#include <QTest>

#include "profile/words.h"

using namespace keytender::profile;

// The words of the JSON contract: programs read them, so they never change and are never translated.
class KeysTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void health_hasTheWordsOfTheContract()
    {
        const QStringList words{key(Health::Fresh),       key(Health::Due),      key(Health::Paused),
                                key(Health::Refreshing),  key(Health::Waiting),  key(Health::Unsure),
                                key(Health::NeedsSignIn), key(Health::Rejected), key(Health::Conflict),
                                key(Health::Expired),     key(Health::NoExpiry), key(Health::Unreadable)};
        QCOMPARE(words.join(u' '), QStringLiteral("fresh due paused refreshing waiting unsure needsSignIn rejected "
                                                  "conflict expired noExpiry unreadable"));
    }

    void others_haveTheWordsOfTheContract()
    {
        QCOMPARE(key(CredentialKind::OAuth), QStringLiteral("oauth"));
        QCOMPARE(key(CredentialKind::Token), QStringLiteral("token"));
        QCOMPARE(key(CredentialKind::ApiKey), QStringLiteral("apiKey"));
        QCOMPARE(key(CopyRole::Owner), QStringLiteral("owner"));
        QCOMPARE(key(CopyRole::Reader), QStringLiteral("reader"));
        QCOMPARE(key(CopyState::Held), QStringLiteral("held"));
        QCOMPARE(key(CopyState::Absent), QStringLiteral("absent"));
        QCOMPARE(key(CopyState::Blank), QStringLiteral("blank"));
        QCOMPARE(key(CopyState::Unreadable), QStringLiteral("unreadable"));
        QCOMPARE(key(DuplicateKind::SameLineage), QStringLiteral("sameLineage"));
        QCOMPARE(key(DuplicateKind::SameAccount), QStringLiteral("sameAccount"));
        QCOMPARE(key(Care::Own), QStringLiteral("own"));
        QCOMPARE(key(Care::Shared), QStringLiteral("shared"));
        QCOMPARE(key(Care::Delegated), QStringLiteral("delegated"));
        QCOMPARE(key(Care::Watched), QStringLiteral("watched"));
    }

    void protection_hasOneWordEach()
    {
        const QStringList words{key(Protection::Unknown),      key(Protection::Keychain), key(Protection::Sealed),
                                key(Protection::SealedByFile), key(Protection::Obscured), key(Protection::PrivateFile),
                                key(Protection::SharedFile)};
        QCOMPARE(words.join(u' '),
                 QStringLiteral("unknown keychain sealed sealedByFile obscured privateFile sharedFile"));
    }

    void reason_isSilentWithoutOne()
    {
        QSet<QString> words;
        const auto last = static_cast<int>(Reason::KeychainLocked);
        for (int i = static_cast<int>(Reason::RenewedByItsTool); i <= last; ++i)
            words.insert(key(static_cast<Reason>(i)));
        QCOMPARE(words.size(), last);
        QVERIFY(!words.contains(QString()));
        QVERIFY(key(Reason::None).isEmpty());
    }
};

QTEST_GUILESS_MAIN(KeysTest)
#include "keys.moc"

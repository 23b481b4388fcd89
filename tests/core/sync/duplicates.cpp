// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/duplicates.h"

#include <QElapsedTimer>
#include <QTest>

using namespace keytender;
using profile::CredentialKind;
using profile::Duplicate;
using profile::DuplicateKind;
using profile::Profile;

namespace {

base::Fingerprint fingerprint(int number)
{
    base::Fingerprint made;
    for (std::size_t i = 0; i < 4; ++i)
        made.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    return made;
}

constexpr int none = 0;

Profile makeProfile(const QString &id, int access, int refresh, CredentialKind kind = CredentialKind::OAuth)
{
    Profile made;
    made.id = id;
    made.providerId = QStringLiteral("openai");
    made.credential.kind = kind;
    made.credential.accessToken = fingerprint(access);
    made.credential.refreshToken = refresh == none ? base::Fingerprint() : fingerprint(refresh);
    return made;
}

Profile of(Profile profile, const QString &personId, const QString &organization = {}, const QString &email = {})
{
    profile.account.id = personId;
    profile.account.organizationId = organization;
    profile.account.email = email;
    return profile;
}

const QString a = QStringLiteral("a");
const QString b = QStringLiteral("b");
const QString c = QStringLiteral("c");
const QString ada = QStringLiteral("ada");

using Found = std::vector<Duplicate>;

} // namespace

class Duplicates final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pair_isTold_data();
    void pair_isTold();
    void lineage_appearsAndVanishes();
    void lineageInACopy_counts();
    void absentCopy_doesNotCount();
    void removal_tellsTheOthers();
    void unchangedProfile_changesNobody();
    void planAlone_changesNobody();
    void sameLineage_hidesSameAccount();
    void tenThousand_costNoMoreThanTen();
};

void Duplicates::pair_isTold_data()
{
    QTest::addColumn<Profile>("one");
    QTest::addColumn<Profile>("other");
    QTest::addColumn<Found>("found");
    const Found clash{{.profile = b, .kind = DuplicateKind::SameLineage}};
    const Found fine{{.profile = b, .kind = DuplicateKind::SameAccount}};
    const auto row = [](const char *name, const Profile &one, const Profile &other, const Found &found) {
        QTest::newRow(name) << one << other << found;
    };
    const QString mail = QStringLiteral("ada@example.org");
    Profile elsewhere = of(makeProfile(b, 2, 12), ada);
    elsewhere.providerId = QStringLiteral("anthropic");

    row("nothing in common", makeProfile(a, 1, 11), makeProfile(b, 2, 12), {});
    row("refresh token", makeProfile(a, 1, 11), makeProfile(b, 2, 11), clash);
    row("access token, with different refresh tokens", makeProfile(a, 1, 11), makeProfile(b, 1, 12), {});
    row("access token, without refresh tokens", makeProfile(a, 1, none), makeProfile(b, 1, none), clash);
    row("bare token", makeProfile(a, 1, none, CredentialKind::Token), makeProfile(b, 1, none, CredentialKind::Token),
        clash);
    row("API key", makeProfile(a, 1, none, CredentialKind::ApiKey), makeProfile(b, 1, none, CredentialKind::ApiKey),
        fine);
    row("no token at all", makeProfile(a, none, none), makeProfile(b, none, none), {});
    row("person", of(makeProfile(a, 1, 11), ada), of(makeProfile(b, 2, 12), ada), fine);
    row("person at another provider", of(makeProfile(a, 1, 11), ada), elsewhere, {});
    row("person in the same organisation", of(makeProfile(a, 1, 11), ada, c), of(makeProfile(b, 2, 12), ada, c), fine);
    row("person in another organisation", of(makeProfile(a, 1, 11), ada, a), of(makeProfile(b, 2, 12), ada, b), {});
    row("e-mail address alone", of(makeProfile(a, 1, 11), {}, {}, mail),
        of(makeProfile(b, 2, 12), {}, {}, mail.toUpper()), fine);
    row("e-mail address, one side has no id", of(makeProfile(a, 1, 11), ada, {}, mail),
        of(makeProfile(b, 2, 12), {}, {}, mail), fine);
    row("e-mail address with different ids", of(makeProfile(a, 1, 11), ada, {}, mail),
        of(makeProfile(b, 2, 12), c, {}, mail), {});
    row("e-mail address in another organisation", of(makeProfile(a, 1, 11), {}, a, mail),
        of(makeProfile(b, 2, 12), {}, b, mail), {});
    row("organisation alone", of(makeProfile(a, 1, 11), {}, c), of(makeProfile(b, 2, 12), {}, c), {});
}

void Duplicates::pair_isTold()
{
    QFETCH(const Profile, one);
    QFETCH(const Profile, other);
    QFETCH(const Found, found);
    sync::DuplicateIndex index;
    QCOMPARE(index.update(one), QSet<QString>());
    QCOMPARE(index.update(other), found.empty() ? QSet<QString>() : QSet<QString>{a});
    QCOMPARE(index.of(a), found);
    const Found back = found.empty() ? Found() : Found{{.profile = a, .kind = found.front().kind}};
    QCOMPARE(index.of(b), back);
}

void Duplicates::lineage_appearsAndVanishes()
{
    sync::DuplicateIndex index;
    std::ignore = index.update(makeProfile(a, 1, 11));
    std::ignore = index.update(makeProfile(b, 2, 12));
    QCOMPARE(index.update(makeProfile(b, 3, 11)), QSet<QString>{a});
    QCOMPARE(index.of(a).size(), std::size_t{1});
    QCOMPARE(index.update(makeProfile(a, 4, 13)), QSet<QString>{b});
    QVERIFY(index.of(a).empty());
    QVERIFY(index.of(b).empty());
}

void Duplicates::lineageInACopy_counts()
{
    sync::DuplicateIndex index;
    std::ignore = index.update(makeProfile(a, 1, 11));
    Profile other = makeProfile(b, 2, 12);
    profile::Copy copy;
    copy.state = profile::CopyState::Held;
    copy.credential = makeProfile(b, 1, 11).credential;
    other.copies.push_back(copy);
    QCOMPARE(index.update(other), QSet<QString>{a});
    QCOMPARE(index.of(a), (Found{{.profile = b, .kind = DuplicateKind::SameLineage}}));
}

void Duplicates::absentCopy_doesNotCount()
{
    sync::DuplicateIndex index;
    std::ignore = index.update(makeProfile(a, 1, 11));
    Profile other = makeProfile(b, 2, 12);
    profile::Copy copy;
    copy.state = profile::CopyState::Unreadable;
    copy.credential = makeProfile(b, 1, 11).credential;
    other.copies.push_back(copy);
    QCOMPARE(index.update(other), QSet<QString>());
}

void Duplicates::removal_tellsTheOthers()
{
    sync::DuplicateIndex index;
    std::ignore = index.update(makeProfile(a, 1, 11));
    std::ignore = index.update(makeProfile(b, 2, 11));
    std::ignore = index.update(makeProfile(c, 3, 11));
    QCOMPARE(index.of(a).size(), std::size_t{2});
    QCOMPARE(index.remove(b), (QSet<QString>{a, c}));
    QCOMPARE(index.of(a), (Found{{.profile = c, .kind = DuplicateKind::SameLineage}}));
    QVERIFY(index.of(b).empty());
    QCOMPARE(index.remove(b), QSet<QString>());
}

void Duplicates::unchangedProfile_changesNobody()
{
    sync::DuplicateIndex index;
    std::ignore = index.update(makeProfile(a, 1, 11));
    std::ignore = index.update(makeProfile(b, 2, 11));
    QCOMPARE(index.update(makeProfile(b, 2, 11)), QSet<QString>());
    QCOMPARE(index.update(makeProfile(b, 3, 11)), QSet<QString>()); // a new access token of the same lineage
}

void Duplicates::planAlone_changesNobody()
{
    sync::DuplicateIndex index;
    std::ignore = index.update(of(makeProfile(a, 1, 11), ada));
    std::ignore = index.update(of(makeProfile(b, 2, 12), ada));
    Profile upgraded = of(makeProfile(b, 2, 12), ada);
    upgraded.account.plan = QStringLiteral("max");
    QCOMPARE(index.update(upgraded), QSet<QString>());
    QCOMPARE(index.of(a).size(), std::size_t{1});
}

void Duplicates::sameLineage_hidesSameAccount()
{
    sync::DuplicateIndex index;
    std::ignore = index.update(of(makeProfile(a, 1, 11), ada));
    std::ignore = index.update(of(makeProfile(b, 2, 11), ada));
    QCOMPARE(index.of(a), (Found{{.profile = b, .kind = DuplicateKind::SameLineage}}));
    QCOMPARE(index.update(of(makeProfile(b, 3, 13), ada)), QSet<QString>{a});
    QCOMPARE(index.of(a), (Found{{.profile = b, .kind = DuplicateKind::SameAccount}}));
}

void Duplicates::tenThousand_costNoMoreThanTen()
{
    constexpr int changes = 2000;
    const auto timeWith = [](int count) {
        sync::DuplicateIndex index;
        for (int i = 0; i < count; ++i)
            std::ignore = index.update(
                of(makeProfile(QString::number(i), 10'000'000 + i, 20'000'000 + i), QStringLiteral("p%1").arg(i)));
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < changes; ++i)
            std::ignore = index.update(of(makeProfile(QString::number(i % 10), 30'000'000 + i, 40'000'000 + i),
                                          QStringLiteral("p%1").arg(i % 10)));
        return timer.nsecsElapsed();
    };
    qint64 small = timeWith(10);
    qint64 large = timeWith(10'000);
    for (int i = 0; i < 4; ++i) {
        small = std::min(small, timeWith(10));
        large = std::min(large, timeWith(10'000));
    }
    qInfo("one change among 10: %.2f µs, among 10,000: %.2f µs", double(small) / changes / 1000,
          double(large) / changes / 1000);
    // A look at every other would be hundreds of times slower; the caches of a busy machine cost some.
    QVERIFY2(large < 4 * small, "a change among 10,000 profiles costs more than one among 10");
}

QTEST_GUILESS_MAIN(Duplicates)
#include "duplicates.moc"

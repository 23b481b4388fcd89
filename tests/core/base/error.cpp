// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/error.h"

#include <cerrno>

#include <QTest>

using namespace keytender::base;

namespace {

constexpr ErrorKind everyKind[] = {
    ErrorKind::NotFound,    ErrorKind::PermissionDenied, ErrorKind::ForeignOwner, ErrorKind::NotAFile,
    ErrorKind::SymlinkLoop, ErrorKind::Unsafe,           ErrorKind::TooLarge,     ErrorKind::Incomplete,
    ErrorKind::Malformed,   ErrorKind::UnknownVersion,   ErrorKind::Locked,       ErrorKind::Unavailable,
    ErrorKind::TimedOut,    ErrorKind::WrongKey,         ErrorKind::StorageFull,  ErrorKind::ReadOnly,
    ErrorKind::Io,          ErrorKind::AlreadyRunning,   ErrorKind::Cancelled,    ErrorKind::Encrypted,
};

} // namespace

class ErrorTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void describe_namesSubjectPlaceFaultAndCure();
    void describe_withoutDetail_namesTheKind();
    void describe_withoutSubject_startsWithTheFault();
    void everyKind_hasWords();
    void everyKind_thatCanBeCured_saysHow();
    void errno_becomesAKind_data();
    void errno_becomesAKind();
    void errno_keepsTheSystemsWords();
};

void ErrorTest::describe_namesSubjectPlaceFaultAndCure()
{
    const Error error{.kind = ErrorKind::Malformed,
                      .subject = QStringLiteral("/home/u/auth.json"),
                      .place = QStringLiteral("line 3, column 14, claudeAiOauth.expiresAt"),
                      .detail = QStringLiteral("is a string, not a number")};
    QCOMPARE(describe(error),
             QStringLiteral("/home/u/auth.json, line 3, column 14, claudeAiOauth.expiresAt: is a string, not a number. "
                            "Keep a copy of it, then sign in again with the tool that owns it."));
}

void ErrorTest::describe_withoutDetail_namesTheKind()
{
    QCOMPARE(describe({.kind = ErrorKind::ForeignOwner,
                       .subject = QStringLiteral("/home/u/auth.json"),
                       .place = {},
                       .detail = {}}),
             QStringLiteral("/home/u/auth.json: belongs to another user. "
                            "Make it yours with chown, or sign in again as this user."));
}

void ErrorTest::describe_withoutSubject_startsWithTheFault()
{
    QCOMPARE(describe({.kind = ErrorKind::Cancelled, .subject = {}, .place = {}, .detail = {}}),
             QStringLiteral("cancelled."));
}

void ErrorTest::everyKind_hasWords()
{
    QStringList seen;
    for (const ErrorKind kind : everyKind) {
        const QString text = describe({.kind = kind, .subject = {}, .place = {}, .detail = {}});
        QVERIFY(text.size() > 5);
        QVERIFY2(!seen.contains(text), qPrintable(text));
        seen << text;
    }
}

void ErrorTest::everyKind_thatCanBeCured_saysHow()
{
    for (const ErrorKind kind : everyKind) {
        const bool isOutcome = kind == ErrorKind::AlreadyRunning || kind == ErrorKind::Cancelled;
        QCOMPARE(cureFor(kind).isEmpty(), isOutcome);
        QVERIFY(isOutcome || cureFor(kind).endsWith(u'.'));
    }
}

void ErrorTest::errno_becomesAKind_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](const char *name, int number, ErrorKind kind) { QTest::newRow(name) << number << kind; };
    row("ENOENT", ENOENT, ErrorKind::NotFound);
    row("ENOTDIR", ENOTDIR, ErrorKind::NotFound);
    row("EACCES", EACCES, ErrorKind::PermissionDenied);
    row("EPERM", EPERM, ErrorKind::PermissionDenied);
    row("ELOOP", ELOOP, ErrorKind::SymlinkLoop);
    row("EISDIR", EISDIR, ErrorKind::NotAFile);
    row("ENXIO", ENXIO, ErrorKind::NotAFile);
    row("ENOSPC", ENOSPC, ErrorKind::StorageFull);
    row("EDQUOT", EDQUOT, ErrorKind::StorageFull);
    row("EROFS", EROFS, ErrorKind::ReadOnly);
    row("EFBIG", EFBIG, ErrorKind::TooLarge);
    row("ETIMEDOUT", ETIMEDOUT, ErrorKind::TimedOut);
    row("EIO", EIO, ErrorKind::Io);
    row("EMFILE", EMFILE, ErrorKind::Io);
}

void ErrorTest::errno_becomesAKind()
{
    QFETCH(const int, number);
    QFETCH(const ErrorKind, kind);
    const Error error = errorFromErrno(number, QStringLiteral("/f"));
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.subject, QStringLiteral("/f"));
}

void ErrorTest::errno_keepsTheSystemsWords()
{
    QCOMPARE(errorFromErrno(EIO, QStringLiteral("/f")).detail, QStringLiteral("Input/output error"));
    QCOMPARE(errorFromErrno(EIO, QStringLiteral("/f"), QStringLiteral("while writing")).detail,
             QStringLiteral("while writing: Input/output error"));
}

QTEST_GUILESS_MAIN(ErrorTest)
#include "error.moc"

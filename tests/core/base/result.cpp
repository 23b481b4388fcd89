// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/result.h"

#include <memory>

#include <QTest>

#include "base/secret.h"

using namespace keytender::base;

namespace {

const Error denied{
    .kind = ErrorKind::PermissionDenied, .subject = QStringLiteral("/home/u/auth.json"), .place = {}, .detail = {}};

Result<int> half(int number)
{
    if (number % 2 != 0)
        return unexpected(denied);
    return number / 2;
}

Result<void> check(bool isFine)
{
    if (!isFine)
        return unexpected(denied);
    return {};
}

} // namespace

class ResultTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void value_isThere();
    void error_isThere();
    void void_isThereOrNot();
    void moveOnlyValue_movesOut();
    void convertibleValue_isTaken();
    void resultOfError_isAValueToo();
};

void ResultTest::value_isThere()
{
    const auto result = half(8);
    QVERIFY(result);
    QVERIFY(result.has_value());
    QCOMPARE(*result, 4);
    QCOMPARE(result.value(), 4);
}

void ResultTest::error_isThere()
{
    const auto result = half(7);
    QVERIFY(!result);
    QCOMPARE(result.error(), denied);
    QVERIFY_THROWS_EXCEPTION(std::bad_variant_access, (void)result.value());
}

void ResultTest::void_isThereOrNot()
{
    QVERIFY(check(true));
    QVERIFY(!check(false));
    QCOMPARE(check(false).error(), denied);
}

void ResultTest::moveOnlyValue_movesOut()
{
    Result<std::unique_ptr<int>> result(std::make_unique<int>(3));
    const std::unique_ptr<int> taken = *std::move(result);
    QCOMPARE(*taken, 3);
    static_assert(!std::is_copy_constructible_v<Result<std::unique_ptr<int>>>);
}

void ResultTest::convertibleValue_isTaken()
{
    const Result<QString> result = QStringLiteral("text");
    QCOMPARE(result->size(), 4);
    static_assert(!std::is_constructible_v<Result<int>, QString>);
}

void ResultTest::resultOfError_isAValueToo()
{
    const Result<Error> result = denied;
    QVERIFY(result);
    QCOMPARE(*result, denied);
}

QTEST_GUILESS_MAIN(ResultTest)
#include "result.moc"

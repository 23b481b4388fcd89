// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QTest>

#include "oauth/requestbody.h"

using namespace keytender;
using oauth::bodyOf;
using oauth::parameter;

class RequestBodyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void values_areEncodedAsTheBodySays_data();
    void values_areEncodedAsTheBodySays();
    void bytesBeyondAscii_areEncodedByteForByte();
    void lists_holdOneStringEach();
    void noParameters_makeAnEmptyBody();
};

namespace {

std::vector<oauth::Parameter> twoOf(const char *name, std::string_view value)
{
    std::vector<oauth::Parameter> parameters;
    parameters.push_back(parameter("grant_type", "refresh_token"));
    parameters.push_back(parameter(name, value));
    return parameters;
}

} // namespace

void RequestBodyTest::values_areEncodedAsTheBodySays_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("form");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const QByteArray &value, const QByteArray &form, const QByteArray &json) {
        QTest::newRow(name) << value << form << json;
    };
    row("a plain token", "rt-1_2.3", "rt-1_2.3", "rt-1_2.3");
    row("what a form takes for its own", "a=b&c+d/e%f", "a%3Db%26c%2Bd%2Fe%25f", "a=b&c+d/e%f");
    row("a space", "user:profile user:inference", "user%3Aprofile+user%3Ainference", "user:profile user:inference");
    row("what JSON escapes", "a\"b\\c\n", "a%22b%5Cc%0A", "a\\\"b\\\\c\\n");
    row("a tilde", "a~b", "a%7Eb", "a~b");
    row("nothing", "", "", "");
}

void RequestBodyTest::values_areEncodedAsTheBodySays()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, form);
    QFETCH(QByteArray, json);
    const auto parameters = twoOf("token", value.toStdString());

    const base::Secret formBody = bodyOf(parameters, provider::BodyEncoding::Form);
    QCOMPARE(QByteArray(formBody.expose().data(), static_cast<qsizetype>(formBody.size())),
             "grant_type=refresh_token&token=" + form);
    const base::Secret jsonBody = bodyOf(parameters, provider::BodyEncoding::Json);
    QCOMPARE(QByteArray(jsonBody.expose().data(), static_cast<qsizetype>(jsonBody.size())),
             R"({"grant_type":"refresh_token","token":")" + json + "\"}");
}

void RequestBodyTest::bytesBeyondAscii_areEncodedByteForByte()
{
    const base::Secret body = bodyOf(twoOf("token", "\xC3\xBC"), provider::BodyEncoding::Form);
    QVERIFY(body.expose().ends_with("token=%C3%BC"));
}

void RequestBodyTest::lists_holdOneStringEach()
{
    std::vector<oauth::Parameter> parameters;
    parameters.push_back(parameter("credentials", "gho_\"x"));
    parameters.push_back(parameter("b", ""));
    const base::Secret body = bodyOf(parameters, provider::BodyEncoding::JsonLists);
    QCOMPARE(body.expose(), std::string_view("{\"credentials\":[\"gho_\\\"x\"],\"b\":[\"\"]}"));
}

void RequestBodyTest::noParameters_makeAnEmptyBody()
{
    QVERIFY(bodyOf({}, provider::BodyEncoding::Form).isEmpty());
    QCOMPARE(bodyOf({}, provider::BodyEncoding::Json).expose(), std::string_view("{}"));
}

QTEST_GUILESS_MAIN(RequestBodyTest)
#include "requestbody.moc"

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "protocoldocker.h"

#include <QTest>

using namespace keytender;

class ProtocolDockerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answer_repeatsTheAddressAsItCame()
    {
        const auto request = cli::readDockerRequest("https://index.docker.io/v1/\n");
        QVERIFY(request);
        QCOMPARE(request->server.host, std::string("index.docker.io"));
        const cli::GivenToken given{
            .token = "dckr_\"dummy", .kind = {}, .profile = {}, .provider = {}, .user = "ada", .expiresAt = {}};
        QCOMPARE(QByteArray::fromStdString(std::string(cli::dockerAnswer(*request.value, given).view())),
                 QByteArray(R"({"ServerURL":"https://index.docker.io/v1/","Username":"ada","Secret":"dckr_\"dummy"})"
                            "\n"));
    }

    void address_isOneLine()
    {
        QVERIFY(!cli::readDockerRequest("ghcr.io\nevil.example\n"));
        QVERIFY(!cli::readDockerRequest(std::string_view("ghcr.io\0.evil", 13)));
        QVERIFY(!cli::readDockerRequest("\n"));
        QVERIFY(!cli::readDockerRequest(""));
        QVERIFY(cli::readDockerRequest("ghcr.io\r\n"));
    }
};

QTEST_APPLESS_MAIN(ProtocolDockerTest)
#include "protocoldocker.moc"

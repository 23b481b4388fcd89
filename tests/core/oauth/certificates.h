// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTemporaryDir>

// Certificates for the length of a test, made by openssl: a key in the repository would be one more to look after.
namespace keytender::certificates {

struct Certificate {
    QSslCertificate certificate = QSslCertificate();
    QSslConfiguration tls = {}; // of a server that shows it
};

// Signs itself, for `names` such as "IP:127.0.0.1", from and to "20260101000000Z". Null where openssl does not.
inline Certificate made(const QString &names, const QString &from, const QString &to)
{
    const QTemporaryDir directory;
    const auto path = [&directory](const char *name) { return directory.filePath(QString::fromLatin1(name)); };
    QFile configuration(path("ca.cnf"));
    QFile index(path("index"));
    if (!configuration.open(QIODevice::WriteOnly) || !index.open(QIODevice::WriteOnly))
        return Certificate();
    configuration.write(
        QStringLiteral("[ca]\ndefault_ca=own\n[own]\ndatabase=%1/index\nnew_certs_dir=%1\nserial=%1/serial\n"
                       "rand_serial=yes\ndefault_md=sha256\npolicy=any\nx509_extensions=leaf\n[any]\n"
                       "commonName=supplied\n[leaf]\nsubjectAltName=%2\nbasicConstraints=critical,CA:TRUE\n"
                       "[req]\ndistinguished_name=dn\n[dn]\n")
            .arg(directory.path(), names)
            .toLatin1());
    configuration.close();
    const auto run = [&configuration](QStringList arguments) {
        arguments += {QStringLiteral("-config"), configuration.fileName()};
        return QProcess::execute(QStringLiteral("openssl"), arguments) == 0;
    };
    QFile key(path("key.pem"));
    QFile leaf(path("leaf.pem"));
    const auto words = [](const char *text) { return QString::fromLatin1(text).split(u' '); };
    if (!run(words("req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=Mallory -keyout")
             + QStringList{key.fileName(), QStringLiteral("-out"), path("request.pem")})
        || !run(words("ca -batch -notext -selfsign -in")
                + QStringList{path("request.pem"), QStringLiteral("-keyfile"), key.fileName(), QStringLiteral("-out"),
                              leaf.fileName(), QStringLiteral("-startdate"), from, QStringLiteral("-enddate"), to}))
        return Certificate();
    if (!key.open(QIODevice::ReadOnly) || !leaf.open(QIODevice::ReadOnly))
        return Certificate();
    Certificate made{.certificate = QSslCertificate(&leaf), .tls = QSslConfiguration::defaultConfiguration()};
    made.tls.setPrivateKey(QSslKey(&key, QSsl::Ec));
    made.tls.setLocalCertificate(made.certificate);
    return made;
}

} // namespace keytender::certificates

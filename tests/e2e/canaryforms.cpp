// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// That the scan of the canary test can fail: whatever it looks for, it finds where it was planted.

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "canaryscan.h"

using namespace keytender;
using e2e::CanaryScan;
using e2e::Form;

namespace {

QByteArray canary()
{
    return QByteArrayLiteral("q7w2e9r4t1y6u3i8~o5p0a7s2d9f4g1h6");
}

QByteArray anyText()
{
    return QByteArrayLiteral("lorem ipsum dolor sit amet\n");
}

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

} // namespace

class CanaryFormsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlantedCanary_isFound_data();
    void aPlantedCanary_isFound();
    void otherSecrets_areNotFound();
};

void CanaryFormsTest::aPlantedCanary_isFound_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray whole = canary();
    for (const QByteArray &part : {whole, whole.first(16), whole.last(16)}) {
        for (const Form &form : CanaryScan::formsOf(part))
            QTest::addRow("%d bytes of it, %s", int(part.size()), qPrintable(form.name)) << form.bytes;
    }
    for (int offset = 0; offset < 3; ++offset)
        QTest::addRow("in the middle of base64, %d", offset)
            << (QByteArray(100 + offset, 'x') + whole + QByteArray(50, 'y')).toBase64();
    QTest::newRow("in JSON") << "{\"error_description\":\"" + whole + "\"}";
}

void CanaryFormsTest::aPlantedCanary_isFound()
{
    QFETCH(const QByteArray, bytes);
    CanaryScan scan;
    scan.add({.kind = QStringLiteral("planted"), .value = canary()});
    QVERIFY(!scan.in(anyText() + bytes + anyText(), QStringLiteral("a log")).empty());
    const QTemporaryDir directory;
    write(directory.filePath(QStringLiteral(".hidden/deep/file")), anyText() + bytes);
    QVERIFY(!scan.below(directory.path()).empty());
}

void CanaryFormsTest::otherSecrets_areNotFound()
{
    CanaryScan scan;
    scan.add({.kind = QStringLiteral("planted"), .value = canary()});
    for (const Form &form : CanaryScan::formsOf(QByteArrayLiteral("zyxwvutsrqponmlk~0123456789zyxwvu")))
        QVERIFY(scan.in(form.bytes, {}).empty());
}

QTEST_GUILESS_MAIN(CanaryFormsTest)

#include "canaryforms.moc"

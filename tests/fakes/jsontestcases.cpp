// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/jsontestcases.h"

#include <QDebug>
#include <QDir>
#include <QFile>

#include "base/jsonspans.h"

namespace keytender::fakes {

namespace {

using Cases = QMap<QString, QByteArray>;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Cases casesInDirectory(const QString &path)
{
    Cases cases;
    const QDir directory(path);
    const QStringList names = directory.entryList({QStringLiteral("*.json")}, QDir::Files);
    for (const QString &name : names)
        cases.insert(name, contentOf(directory.filePath(name)));
    return cases;
}

// The package's modules are a comment, "export default" and a JSON array of {name, input}.
Cases casesInModule(const QString &path)
{
    Cases cases;
    QByteArray module = contentOf(path);
    module.remove(0, std::max<qsizetype>(module.indexOf("export default") + qstrlen("export default"), 0));
    while (module.endsWith('\n') || module.endsWith(';'))
        module.chop(1);
    const auto list = base::JsonSpans::parse(
        base::Secret::copyOf({module.constData(), static_cast<std::size_t>(module.size())}), path);
    if (!list) {
        qWarning().noquote() << describe(list.error());
        return cases;
    }
    for (const base::JsonValue &entry : list->root().elements()) {
        const auto name = entry.member("name").string();
        const auto input = entry.member("input").secret();
        if (name && input)
            cases.insert(*name, QByteArray(input->expose().data(), static_cast<qsizetype>(input->size())));
    }
    return cases;
}

} // namespace

JsonTestCases JsonTestCases::load()
{
    const QString path = qEnvironmentVariable("KEYTENDER_JSON_TEST_SUITE");
    if (path.isEmpty())
        return {};
    const QDir directory(path);
    if (directory.exists(QStringLiteral("test_parsing")))
        return {.parsing = casesInDirectory(directory.filePath(QStringLiteral("test_parsing"))),
                .transform = casesInDirectory(directory.filePath(QStringLiteral("test_transform")))};
    return {.parsing = casesInModule(directory.filePath(QStringLiteral("data/parsing.js"))),
            .transform = casesInModule(directory.filePath(QStringLiteral("data/transform.js")))};
}

} // namespace keytender::fakes

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdio>
#include <mutex>
#include <string_view>

#include <QByteArray>
#include <QLoggingCategory>

#include "base/knownsecrets.h"
#include "base/redactor.h"

namespace keytender::base {

namespace {

// Qt calls bare functions, so what they need cannot live in an object of ours. It calls them until the very end of the
// program, so it is never destroyed.
struct Sink {
    std::mutex mutex;
    std::shared_ptr<const KnownSecrets> known;
    QLoggingCategory::CategoryFilter rules = nullptr;
};

Sink &sink()
{
    static Sink &instance = *new Sink;
    return instance;
}

void writeRedacted(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    std::shared_ptr<const KnownSecrets> known;
    {
        const std::lock_guard lock(sink().mutex);
        known = sink().known;
    }
    const QString line = qFormatLogMessage(type, context, message);
    const QByteArray bytes = redacted(known ? known->redacted(line) : line).toLocal8Bit() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

// They print URLs and headers, or what stands in widgets, codes among them; and QT_LOGGING_RULES could turn them on.
void silenceTalkers(QLoggingCategory *category)
{
    if (const auto rules = sink().rules; rules != nullptr)
        rules(category);
    const std::string_view name = category->categoryName();
    if (!name.starts_with("qt.network") && !name.starts_with("qt.accessibility"))
        return;
    category->setEnabled(QtDebugMsg, false);
    category->setEnabled(QtInfoMsg, false);
}

} // namespace

void installRedactingMessageHandler(std::shared_ptr<const KnownSecrets> known)
{
    {
        const std::lock_guard lock(sink().mutex);
        sink().known = std::move(known);
    }
    qInstallMessageHandler(writeRedacted);
    if (sink().rules != nullptr)
        return;
    // Installing returns the rules before it; until they are known, ours must not run.
    sink().rules = QLoggingCategory::installFilter(nullptr);
    QLoggingCategory::installFilter(silenceTalkers);
}

} // namespace keytender::base

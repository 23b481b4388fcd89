// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/consentwords.h"

#include <algorithm>

#include <QCoreApplication>

#include "service/programs/consentrules.h"
#include "ui/rowtext.h"

namespace keytender::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(keytender::ui::ConsentWords)
};

constexpr qsizetype mostOfAName = 40;
constexpr qsizetype mostOfAPath = 160;

} // namespace

QString shortened(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    qsizetype head = (most - 1) / 2;
    qsizetype tail = most - 1 - head;
    // Not through the middle of one.
    if (text.at(head - 1).isHighSurrogate())
        --head;
    if (text.at(text.size() - tail).isLowSurrogate())
        --tail;
    return text.left(head) + QChar(0x2026) + text.right(tail);
}

QString shortName(const QString &executable)
{
    return shortened(service::programName(executable), mostOfAName);
}

QString shortPathOf(const QString &executable)
{
    return shortened(service::legible(executable), mostOfAPath);
}

QString standingOf(const service::ConsentRule &rule, base::Timestamp now)
{
    if (rule.isFromSettings)
        return rule.isAllowed ? Words::tr("allowed by the settings") : Words::tr("refused by the settings");
    if (rule.until) {
        const auto left = std::chrono::ceil<std::chrono::minutes>(*rule.until - now).count();
        return Words::tr("allowed for another %1 min").arg(std::clamp<qint64>(left, 1, 60));
    }
    return (rule.isAllowed ? Words::tr("allowed %1") : Words::tr("refused %1")).arg(ago(rule.since, now));
}

} // namespace keytender::ui

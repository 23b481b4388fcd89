// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/report.h"

#include <QDir>
#include <QStringList>

#include "profile/words.h"

namespace keytender::ui {

namespace {

// The report is for the people who mend Keytender: in English, with the machine's words.
class Lines {
public:
    void add(const char *name, const QString &value)
    {
        if (!value.isEmpty())
            m_lines += QLatin1String(name) + QStringLiteral(": ") + value;
    }
    void add(const char *name, const std::optional<base::Timestamp> &time)
    {
        add(name, time ? base::toRfc3339(*time) : QString());
    }
    void line(const QString &text) { m_lines += text; }
    [[nodiscard]] QString text() const { return m_lines.join(u'\n') + u'\n'; }

private:
    QStringList m_lines;
};

QString homeless(QString text)
{
    return text.replace(QDir::homePath(), QStringLiteral("~"));
}

QString lineOf(const profile::Copy &copy)
{
    QStringList parts = {homeless(copy.path), key(copy.role), key(copy.state), key(copy.protection)};
    if (copy.credential)
        parts += copy.credential->lineage().shortText();
    if (copy.problem)
        parts += homeless(describe(*copy.problem));
    parts.removeAll(QString());
    return QStringLiteral("copy: ") + parts.join(QStringLiteral(" · "));
}

// What a provider says may name the person.
QString faceless(QString text, const profile::Account &account)
{
    for (const QString &name : {account.email, account.id}) {
        if (!name.isEmpty())
            text.replace(name, masked(name));
    }
    return homeless(text);
}

// "sent +12 ms"
QStringList stepsOf(const service::Activity &activity)
{
    QStringList steps;
    for (const service::Activity::Step &step : activity.steps)
        steps += QStringLiteral("%1 +%2 ms").arg(step.text).arg((step.at - activity.steps.front().at).count());
    return steps;
}

QString lineOf(const service::Activity &activity, const profile::Account &account)
{
    QStringList parts = {
        base::toRfc3339(activity.at), homeless(activity.text), faceless(activity.detail, account),
        homeless(activity.path),      activity.fingerprint,    stepsOf(activity).join(QStringLiteral(", "))};
    parts.removeAll(QString());
    return QStringLiteral("  ") + parts.join(QStringLiteral(" · "));
}

} // namespace

QString masked(const QString &account)
{
    const qsizetype at = account.indexOf(u'@');
    if (at > 0)
        return account.left(1) + u'…' + account.mid(at);
    return account.size() > 3 ? account.left(3) + u'…' : account;
}

QString reportOf(const service::Row &row, const std::vector<service::Activity> &activity, base::Timestamp now)
{
    const profile::Profile &profile = row.profile;
    const profile::Condition &condition = row.condition;
    Lines lines;
    lines.add("profile", profile.id);
    lines.add("provider", profile.providerId);
    lines.add("tool", profile.toolId);
    lines.add("account", masked(profile.account.email.isEmpty() ? profile.account.id : profile.account.email));
    lines.add("plan", profile.account.plan);
    lines.add("kind", key(profile.credential.kind));
    lines.add("care", key(profile.care));
    lines.add("health", key(condition.health));
    lines.add("now", std::optional(now));
    lines.add("issued", profile.credential.issuedAt);
    lines.add("due", condition.dueAt);
    lines.add("expires", condition.expiresAt);
    lines.add("sign-in ends", condition.signInEndsAt);
    for (const profile::Copy &copy : profile.copies)
        lines.line(lineOf(copy));
    for (const profile::Duplicate &duplicate : profile.duplicates)
        lines.add("duplicate", duplicate.profile + QStringLiteral(" · ") + key(duplicate.kind));
    if (!activity.empty())
        lines.line(QStringLiteral("activity:"));
    for (const service::Activity &entry : activity)
        lines.line(lineOf(entry, profile.account));
    return lines.text();
}

} // namespace keytender::ui

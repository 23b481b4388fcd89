// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sampleconsents.h"

#include "samplerows.h"
#include "ui/choice.h"
#include "ui/consentdialog.h"
#include "ui/consentlist.h"
#include "ui/page.h"

namespace keytender::samples {

using namespace std::chrono_literals;
using fakes::FakeConsent;
using service::ConsentQuestion;
using service::ConsentRule;

namespace {

const QString longName = QStringLiteral("a-program-whose-name-was-made-long-so-that-nobody-reads-its-end");

DialogScreen asking(const char *name, const std::vector<ConsentQuestion> &questions)
{
    return {name, [questions](const base::Clock & /*clock*/) {
                const auto consent = std::make_shared<FakeConsent>();
                consent->open = questions;
                // With one answer the others give up: an Escape closes every page of the gallery.
                QObject::connect(consent.get(), &service::Consent::questionsChanged,
                                 [lent = consent.get()] { lent->open.clear(); });
                auto dialog = std::make_unique<ui::ConsentDialog>(*consent, 0ms);
                QObject::connect(dialog.get(), &QObject::destroyed, [consent] {});
                return dialog;
            }};
}

DialogScreen listing(const char *name, const std::vector<ConsentRule> &rules, const QString &problem = {})
{
    return {name, [rules, problem](const base::Clock &clock) {
                const auto consent = std::make_shared<FakeConsent>();
                consent->known = rules;
                consent->problemNow = problem;
                auto dialog = std::make_unique<ui::ConsentList>(*consent, clock, labelOf);
                QObject::connect(dialog.get(), &QObject::destroyed, [consent] {});
                return dialog;
            }};
}

ConsentQuestion fromAScript()
{
    ConsentQuestion one = question(QStringLiteral("/usr/bin/python3.11"));
    one.label = QStringLiteral("Claude Code");
    one.purpose = QStringLiteral("It wants the access token as text.");
    one.consumer.parent->executable = QStringLiteral("/usr/lib/systemd/systemd");
    return one;
}

ConsentQuestion longAndHostile()
{
    ConsentQuestion one = question(QStringLiteral("/home/dev/.cache/build/") + QStringLiteral("deep/").repeated(40)
                                   + QStringLiteral("bin/\u202e") + longName);
    one.label = QStringLiteral("GitHub Enterprise of a company with a long name · dev@company.example · Team");
    one.purpose = QStringLiteral("git asks for git.a-company-with-a-long-name.example:8443.");
    one.consumer.parent.reset();
    return one;
}

ConsentQuestion unknown()
{
    ConsentQuestion one = question({});
    one.consumer.parent.reset();
    return one;
}

QString unkept()
{
    return QStringLiteral("~/.local/share/keytender/consents.json: no space left. Make room on that disk.");
}

DialogScreen unremembered()
{
    return {"consent-unkept", [](const base::Clock & /*clock*/) {
                const auto consent = std::make_shared<FakeConsent>();
                consent->open = {question()};
                consent->problemAfterAnswer = unkept();
                auto dialog = std::make_unique<ui::ConsentDialog>(*consent, 0ms);
                QObject::connect(dialog.get(), &QObject::destroyed, [consent] {});
                dialog->findChildren<ui::Choice *>().constLast()->click();
                dialog->page()->findChildren<ui::Button *>().constLast()->click();
                return dialog;
            }};
}

} // namespace

ConsentQuestion question(const QString &program)
{
    static quint64 id = 0;
    ConsentQuestion one;
    one.id = ++id;
    one.profileId = QStringLiteral("gh-cli");
    one.label = QStringLiteral("GitHub");
    one.consumer = {.program = {.pid = 4711, .startedAt = 99, .executable = program},
                    .parent = service::Consumer::Program{
                        .pid = 4700, .startedAt = 98, .executable = QStringLiteral("/usr/bin/bash")}};
    one.purpose = QStringLiteral("git asks for github.com.");
    one.askedAt = now();
    return one;
}

std::vector<ConsentRule> consentRules()
{
    const QString claude = QStringLiteral("claude-cli");
    const QString gitHub = QStringLiteral("gh-cli");
    return {
        {.profileId = claude, .program = QStringLiteral("/opt/editor/bin/editor"), .isFromSettings = true},
        {.profileId = claude, .program = QStringLiteral("*"), .isAllowed = false, .isFromSettings = true},
        {.profileId = gitHub, .program = QStringLiteral("/tmp/setup-helper"), .isAllowed = false, .since = now() - 72h},
        {.profileId = gitHub,
         .program = QStringLiteral("/usr/bin/docker"),
         .since = now() - 35min,
         .until = now() + 25min,
         .lastUsedAt = now() - 2min},
        {.profileId = gitHub,
         .program = QStringLiteral("/usr/bin/git"),
         .since = now() - 500h,
         .lastUsedAt = now() - 5min}};
}

QString labelOf(const QString &profileId)
{
    return profileId == QStringLiteral("gh-cli") ? QStringLiteral("GitHub") : QStringLiteral("Claude Code");
}

std::vector<DialogScreen> consentScreens()
{
    std::vector<ConsentRule> odd = consentRules();
    odd.back().program = longAndHostile().consumer.program.executable;
    return {asking("consent", {question()}),
            asking("consent-script", {fromAScript(), question()}),
            asking("consent-long", {longAndHostile(), question(), question()}),
            asking("consent-unknown", {unknown()}),
            unremembered(),
            listing("consents", consentRules()),
            listing("consents-none", {}),
            listing("consents-problem", odd, unkept())};
}

} // namespace keytender::samples

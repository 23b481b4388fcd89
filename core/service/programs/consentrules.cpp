// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/programs/consentrules.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDir>
#include <QSet>

namespace keytender::service {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Consent", text);
}

bool isInvisible(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

QString escaped(char32_t character)
{
    return QStringLiteral("\\u{%1}").arg(static_cast<uint>(character), 4, 16, QLatin1Char('0'));
}

// A JSON string in which everything can be seen.
QString quoted(const QString &text)
{
    QString json(u'"');
    for (const QChar character : text) {
        if (character == u'"' || character == u'\\')
            json += QString(u'\\') + character;
        else if (isInvisible(character.unicode()))
            json += QStringLiteral("\\u%1").arg(character.unicode(), 4, 16, QLatin1Char('0'));
        else
            json += character;
    }
    return json + u'"';
}

QString nobodyToAsk(const ConsentSubject &subject)
{
    if (!isRememberable(subject.executable))
        return say(QT_TRANSLATE_NOOP("Consent", "There is nobody to ask whether %1 may use %2, and the system does not "
                                                "tell which program it is: start it in another way."))
            .arg(subject.program, subject.label);
    const QString line = QStringLiteral("{ \"profile\": %1, \"program\": %2, \"allow\": true }")
                             .arg(quoted(subject.profileId), quoted(subject.executable));
    return say(QT_TRANSLATE_NOOP("Consent",
                                 "There is nobody to ask whether %1 may use %2: start Keytender's tray app, or add %3 "
                                 "to the list “consent” in %4."))
        .arg(subject.program, subject.label, line, legible(subject.configuration));
}

const char *wordsOf(ConsentGround ground)
{
    switch (ground) {
    case ConsentGround::SettingsRefuse:
        return QT_TRANSLATE_NOOP("Consent", "%1 may not use %2: the list “consent” in %3 says so, and can be changed.");
    case ConsentGround::SaidNever:
        return QT_TRANSLATE_NOOP("Consent", "%1 may never use %2, as you said: Keytender's menu, “Programs…”, is where "
                                            "to take that back.");
    case ConsentGround::ScreenLocked:
        return QT_TRANSLATE_NOOP("Consent", "The screen is locked, and no program is given anything meanwhile: unlock "
                                            "it and let %1 ask for %2 again.");
    case ConsentGround::RefusedJustNow:
        return QT_TRANSLATE_NOOP("Consent", "%1 was not given %2 a moment ago: it can ask again in half a minute.");
    case ConsentGround::OthersWait:
        return QT_TRANSLATE_NOOP("Consent", "Other programs wait for your answer: answer them and let %1 ask for %2 "
                                            "again.");
    case ConsentGround::NotNow:
        return QT_TRANSLATE_NOOP("Consent", "%1 was not given %2 this time: run it again to be asked again.");
    case ConsentGround::Ended:
        return QT_TRANSLATE_NOOP("Consent", "The login has changed while you were asked whether %1 may use %2: run it "
                                            "again to be asked again.");
    case ConsentGround::TooOften:
    case ConsentGround::NobodyToAsk:
    case ConsentGround::SettingsAllow:
    case ConsentGround::SaidYes:
    case ConsentGround::Ask:
        break;
    }
    return nullptr;
}

} // namespace

bool isRememberable(const QString &executable)
{
    // Linux says so of a file that was replaced or removed under the program that runs from it.
    return QDir::isAbsolutePath(executable) && !executable.endsWith(QStringLiteral(" (deleted)"));
}

bool isInterpreter(const QString &executable)
{
    static const QSet<QString> known{
        QStringLiteral("ash"),  QStringLiteral("bash"), QStringLiteral("bun"),    QStringLiteral("busybox"),
        QStringLiteral("dash"), QStringLiteral("deno"), QStringLiteral("dotnet"), QStringLiteral("electron"),
        QStringLiteral("fish"), QStringLiteral("java"), QStringLiteral("ksh"),    QStringLiteral("lua"),
        QStringLiteral("mksh"), QStringLiteral("node"), QStringLiteral("nodejs"), QStringLiteral("perl"),
        QStringLiteral("php"),  QStringLiteral("pwsh"), QStringLiteral("pypy"),   QStringLiteral("python"),
        QStringLiteral("ruby"), QStringLiteral("sh"),   QStringLiteral("tcsh"),   QStringLiteral("zsh"),
    };
    const QString name = executable.section(u'/', -1);
    // "python3.11", "node-22"
    const auto end = std::ranges::find_if(name, [](QChar character) { return !character.isLetter(); });
    return known.contains(name.left(end - name.begin()));
}

const ConsentRule *ruleFor(const std::vector<ConsentRule> &rules, const QString &profileId, const QString &executable)
{
    const auto found = std::ranges::find_if(rules, [&](const ConsentRule &rule) {
        if (rule.profileId != profileId)
            return false;
        const bool isForAll = rule.isFromSettings && rule.program == QStringLiteral("*");
        return isForAll || (isRememberable(executable) && rule.program == executable);
    });
    return found == rules.end() ? nullptr : &*found;
}

ConsentGround groundOf(const ConsentCase &circumstances)
{
    if (circumstances.settings != nullptr)
        return circumstances.settings->isAllowed ? ConsentGround::SettingsAllow : ConsentGround::SettingsRefuse;
    if (circumstances.isTooOften)
        return ConsentGround::TooOften;
    if (circumstances.said != nullptr && !circumstances.said->isAllowed)
        return ConsentGround::SaidNever;
    if (circumstances.isLocked)
        return ConsentGround::ScreenLocked;
    if (circumstances.said != nullptr)
        return ConsentGround::SaidYes;
    if (!circumstances.canAsk)
        return ConsentGround::NobodyToAsk;
    if (circumstances.isAsked)
        return ConsentGround::Ask;
    if (circumstances.wasRefusedJustNow)
        return ConsentGround::RefusedJustNow;
    return circumstances.hasRoom ? ConsentGround::Ask : ConsentGround::OthersWait;
}

bool allows(ConsentGround ground)
{
    return ground == ConsentGround::SettingsAllow || ground == ConsentGround::SaidYes;
}

QString refusal(ConsentGround ground, const ConsentSubject &subject)
{
    if (ground == ConsentGround::NobodyToAsk)
        return nobodyToAsk(subject);
    if (ground == ConsentGround::TooOften)
        return say(QT_TRANSLATE_NOOP("Consent", "%1 asks for %2 more often than %3 times a minute: it has to ask less "
                                                "often."))
            .arg(subject.program, subject.label, QString::number(subject.limits.requestsAMinute));
    const char *words = wordsOf(ground);
    if (words == nullptr)
        return {};
    const QString sentence = say(words);
    return ground == ConsentGround::SettingsRefuse
               ? sentence.arg(subject.program, subject.label, legible(subject.configuration))
               : sentence.arg(subject.program, subject.label);
}

QString programName(const QString &executable)
{
    const QString name = executable.section(u'/', -1);
    return name.isEmpty() ? say(QT_TRANSLATE_NOOP("Consent", "A program")) : legible(name);
}

QString legible(const QString &text)
{
    QString shown;
    for (const char32_t character : text.toUcs4())
        shown += isInvisible(character) ? escaped(character) : QString::fromUcs4(&character, 1);
    return shown;
}

} // namespace keytender::service

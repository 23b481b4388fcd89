// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "provider/factreaders.h"

#include <cmath>

#include <algorithm>

#include <QCoreApplication>

namespace keytender::provider {

using base::JsonValue;
using base::Result;

namespace {

constexpr double longestLife = 100.0 * 366 * 86400; // seconds; what is longer is a mistake of units

QString say(const char *text)
{
    return QCoreApplication::translate("Provider", text);
}

base::Unexpected<base::Error> wrong(const JsonValue &value, const QString &detail)
{
    return base::unexpected(value.error(detail));
}

} // namespace

Result<QString> readText(const JsonValue &value)
{
    Result<QString> text = value.string();
    if (text && text->trimmed().isEmpty())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is empty: leave the member out instead")));
    return text;
}

Result<QStringList> readTexts(const JsonValue &value)
{
    if (value.type() != base::JsonType::Array)
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is not a list of strings")));
    QStringList texts;
    for (const JsonValue &element : value.elements()) {
        const Result<QString> text = readText(element);
        if (!text)
            return base::unexpected(text.error());
        texts.append(*text);
    }
    if (texts.isEmpty())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is empty: leave the member out instead")));
    return texts;
}

Result<bool> readBool(const JsonValue &value)
{
    return value.boolean();
}

Result<std::chrono::seconds> readSeconds(const JsonValue &value)
{
    const Result<double> number = value.number();
    if (!number)
        return base::unexpected(number.error());
    if (*number < 0)
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is negative")));
    if (std::trunc(*number) != *number || *number > longestLife)
        return wrong(value,
                     say(QT_TRANSLATE_NOOP("Provider", "is not a whole number of seconds up to a hundred years")));
    return std::chrono::seconds(static_cast<std::int64_t>(*number));
}

namespace {

// One of a few words; the position says which.
Result<int> readWord(const JsonValue &value, const QStringList &words)
{
    const Result<QString> word = value.string();
    if (!word)
        return base::unexpected(word.error());
    const auto index = static_cast<int>(words.indexOf(*word));
    if (index < 0)
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is '%1', which is none of: %2"))
                                .arg(*word, words.join(QStringLiteral(", "))));
    return index;
}

template <class T>
Result<T> readOne(const JsonValue &value, const QStringList &words)
{
    const Result<int> index = readWord(value, words);
    if (!index)
        return base::unexpected(index.error());
    return static_cast<T>(*index);
}

} // namespace

Result<BodyEncoding> readEncoding(const JsonValue &value)
{
    static_assert(static_cast<int>(BodyEncoding::Form) == 0 && static_cast<int>(BodyEncoding::Json) == 1
                  && static_cast<int>(BodyEncoding::JsonLists) == 2);
    return readOne<BodyEncoding>(value, {QStringLiteral("form"), QStringLiteral("json"), QStringLiteral("jsonLists")});
}

Result<RevocationStyle> readRevocationStyle(const JsonValue &value)
{
    static_assert(static_cast<int>(RevocationStyle::Rfc7009) == 0 && static_cast<int>(RevocationStyle::TokenOnly) == 1
                  && static_cast<int>(RevocationStyle::List) == 2 && static_cast<int>(RevocationStyle::Bearer) == 3);
    return readOne<RevocationStyle>(value, {QStringLiteral("rfc7009"), QStringLiteral("tokenOnly"),
                                            QStringLiteral("list"), QStringLiteral("bearer")});
}

namespace {

Result<SignInWay> readSignInWay(const JsonValue &value)
{
    static_assert(static_cast<int>(SignInWay::Browser) == 0 && static_cast<int>(SignInWay::Paste) == 1
                  && static_cast<int>(SignInWay::Device) == 2);
    return readOne<SignInWay>(value, {QStringLiteral("browser"), QStringLiteral("paste"), QStringLiteral("device")});
}

Result<IdentitySource> readIdentitySource(const JsonValue &value)
{
    static_assert(static_cast<int>(IdentitySource::TokenAnswer) == 0 && static_cast<int>(IdentitySource::IdToken) == 1
                  && static_cast<int>(IdentitySource::AccessToken) == 2
                  && static_cast<int>(IdentitySource::Profile) == 3);
    return readOne<IdentitySource>(value, {QStringLiteral("tokenAnswer"), QStringLiteral("idToken"),
                                           QStringLiteral("accessToken"), QStringLiteral("profile")});
}

template <class T>
Result<std::vector<T>> readWords(const JsonValue &value, Result<T> (*read)(const JsonValue &))
{
    if (value.type() != base::JsonType::Array)
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is not a list of strings")));
    std::vector<T> words;
    for (const JsonValue &element : value.elements()) {
        const Result<T> word = read(element);
        if (!word)
            return base::unexpected(word.error());
        words.push_back(*word);
    }
    return words;
}

} // namespace

Result<std::vector<SignInWay>> readWays(const JsonValue &value)
{
    return readWords<SignInWay>(value, readSignInWay);
}

Result<std::vector<IdentitySource>> readSources(const JsonValue &value)
{
    return readWords<IdentitySource>(value, readIdentitySource);
}

Result<Verdict> readVerdict(const JsonValue &value)
{
    static_assert(static_cast<int>(Verdict::GrantRejected) == 0 && static_cast<int>(Verdict::Configuration) == 1
                  && static_cast<int>(Verdict::Transient) == 2);
    return readOne<Verdict>(
        value, {QStringLiteral("grantRejected"), QStringLiteral("configuration"), QStringLiteral("transient")});
}

namespace {

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    return host == u"127.0.0.1" || host == u"::1" || host == u"localhost";
}

enum class PlainHttp { Never, OnLoopback };

// RFC 6749 sections 3.1 and 3.2: TLS, and no fragment. RFC 8252 section 7.3: plain http on loopback for redirects.
Result<QUrl> readUrl(const JsonValue &value, PlainHttp plainHttp)
{
    const Result<QString> text = readText(value);
    if (!text)
        return base::unexpected(text.error());
    const QUrl url(*text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is not the address of a host")));
    const bool isPlain = url.scheme() == u"http" && isLoopback(url) && plainHttp == PlainHttp::OnLoopback;
    if (url.scheme() != u"https" && !isPlain)
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is not https")));
    if (!url.userInfo().isEmpty())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "holds a user name")));
    if (url.hasFragment())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "has a fragment")));
    return url;
}

} // namespace

Result<QUrl> readEndpoint(const JsonValue &value)
{
    return readUrl(value, PlainHttp::Never);
}

Result<QUrl> readEndpointOrLoopback(const JsonValue &value)
{
    return readUrl(value, PlainHttp::OnLoopback);
}

Result<QStringList> readRedirectUris(const JsonValue &value)
{
    const Result<QStringList> texts = readTexts(value);
    if (!texts)
        return texts;
    for (const JsonValue &element : value.elements()) {
        if (const Result<QUrl> url = readUrl(element, PlainHttp::OnLoopback); !url)
            return base::unexpected(url.error());
    }
    return texts;
}

namespace {

// "github.com", "git.example.com:8443": what is compared byte for byte must be written in one way only.
bool isPlainHost(const QString &text)
{
    const auto isOfHosts = [](QChar character) {
        return (character >= u'a' && character <= u'z') || (character >= u'0' && character <= u'9') || character == u'.'
               || character == u'-';
    };
    const QString host = text.section(u':', 0, 0);
    const QString port = text.section(u':', 1);
    const bool hasPort = text.contains(u':');
    const int number = port.toInt();
    return !host.isEmpty() && std::ranges::all_of(host, isOfHosts) && !host.startsWith(u'.') && !host.endsWith(u'.')
           && !host.contains(QStringLiteral(".."))
           && (!hasPort || (number > 0 && number <= 65535 && QString::number(number) == port));
}

} // namespace

Result<QStringList> readHosts(const JsonValue &value)
{
    Result<QStringList> hosts = readTexts(value);
    for (const JsonValue &element : hosts ? value.elements() : std::vector<JsonValue>()) {
        const Result<QString> text = element.string();
        if (text && !isPlainHost(*text))
            return wrong(element, say(QT_TRANSLATE_NOOP("Provider", "is not a host in small letters, with or without a "
                                                                    "port, such as git.example.com:8443")));
    }
    return hosts;
}

Result<bool> readForEveryone(const JsonValue &value)
{
    const Result<int> index = readWord(value, {QStringLiteral("everyone"), QStringLiteral("some")});
    if (!index)
        return base::unexpected(index.error());
    return *index == 0;
}

Result<QDate> readDay(const JsonValue &value)
{
    const Result<QString> text = value.string();
    if (!text)
        return base::unexpected(text.error());
    const QDate day = QDate::fromString(*text, QStringLiteral("yyyy-MM-dd"));
    if (!day.isValid())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "is not a day such as 2026-04-15")));
    return day;
}

namespace {

// RFC 8414 section 2: an https address without query and fragment.
Result<QString> readIssuer(const JsonValue &value, Result<QUrl> (*endpoint)(const JsonValue &))
{
    const Result<QUrl> url = endpoint(value);
    if (!url)
        return base::unexpected(url.error());
    if (url->hasQuery())
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "has a query")));
    return value.string(); // as it is written: what is compared is the text
}

} // namespace

Result<QString> readHttpsIssuer(const JsonValue &value)
{
    return readIssuer(value, readEndpoint);
}

Result<QString> readIssuerOrLoopback(const JsonValue &value)
{
    return readIssuer(value, readEndpointOrLoopback);
}

// What goes into a header must not be able to end it.
Result<QString> readHeaderText(const JsonValue &value)
{
    const auto isVisible = [](QChar character) { return character >= u' ' && character <= u'~'; };
    const Result<QString> text = readText(value);
    if (text && (text->isEmpty() || !std::ranges::all_of(*text, isVisible)))
        return wrong(value, say(QT_TRANSLATE_NOOP("Provider", "holds more than visible ASCII characters")));
    return text;
}

Result<std::map<QString, QString>> readParameters(const JsonValue &value)
{
    // Those are ours: a file that set them would switch off the protection of the sign-in.
    static const QStringList ours{QStringLiteral("response_type"), QStringLiteral("client_id"),
                                  QStringLiteral("redirect_uri"),  QStringLiteral("scope"),
                                  QStringLiteral("state"),         QStringLiteral("code_challenge"),
                                  QStringLiteral("nonce"),         QStringLiteral("code_challenge_method")};
    if (const auto object = value.object(); !object)
        return base::unexpected(object.error());
    std::map<QString, QString> parameters;
    for (const auto &[name, each] : value.members()) {
        const Result<QString> text = each.string();
        if (!text)
            return base::unexpected(text.error());
        if (ours.contains(name))
            return wrong(each, say(QT_TRANSLATE_NOOP("Provider", "is set by Keytender itself")));
        parameters.emplace(name, *text);
    }
    return parameters;
}

namespace {

// RFC 6901: a slash before each token, and ~ only as ~0 or ~1.
bool isJsonPointer(const QString &text)
{
    for (qsizetype tilde = text.indexOf(u'~'); tilde >= 0; tilde = text.indexOf(u'~', tilde + 1)) {
        const QChar next = tilde + 1 < text.size() ? text.at(tilde + 1) : QChar();
        if (next != u'0' && next != u'1')
            return false;
    }
    return text.startsWith(u'/');
}

} // namespace

Result<QStringList> readPointers(const JsonValue &value)
{
    const Result<QStringList> texts = readTexts(value);
    if (!texts)
        return texts;
    for (const JsonValue &element : value.elements()) {
        if (const Result<QString> text = element.string(); !isJsonPointer(*text))
            return wrong(element, say(QT_TRANSLATE_NOOP("Provider", "is not a JSON Pointer such as /account/uuid")));
    }
    return texts;
}

} // namespace keytender::provider

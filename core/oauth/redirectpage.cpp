// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "oauth/redirectpage.h"

#include <array>
#include <map>

#include <sodium.h>

namespace keytender::oauth {

namespace {

constexpr const char *script = "history.replaceState(null,'',location.pathname)";

constexpr const char *style = R"(
:root{color-scheme:light dark;--back:#f6f6f4;--card:#fff;--ink:#23272b;--soft:#5c6670;--line:#e3e3df}
@media(prefers-color-scheme:dark){:root{--back:#1b1e21;--card:#25292d;--ink:#eceef0;--soft:#a4adb6;--line:#33383d}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--back);color:var(--ink);
font:16px/1.55 system-ui,sans-serif}
main{max-width:26rem;margin:1rem;padding:2rem 2.25rem;background:var(--card);border:1px solid var(--line);
border-radius:12px}
h1{margin:0 0 .6rem;font-size:1.25rem;font-weight:600}p{margin:0;color:var(--soft)}p+p{margin-top:.6rem}
)";

QByteArray documentOf(const QByteArray &title, const QByteArray &body, const QByteArray &end = {})
{
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Keytender</title>\n<style>"
           + QByteArray(style) + "</style>\n</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n" + body + "\n</main>\n"
           + end + "</body>\n</html>\n";
}

QByteArray hashOf(const char *text)
{
    const QByteArray bytes(text);
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char *>(bytes.constData()),
                       static_cast<unsigned long long>(bytes.size()));
    return QByteArray(reinterpret_cast<const char *>(digest.data()), digest.size()).toBase64();
}

QByteArray responseOf(const QByteArray &status, const QByteArray &furtherFields, const QByteArray &document)
{
    const bool hasScript = document.contains("<script>");
    const QByteArray scripts = hasScript ? "; script-src 'sha256-" + hashOf(script) + "'" : QByteArray();
    return "HTTP/1.1 " + status
           + "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + QByteArray::number(document.size())
           + "\r\nX-Content-Type-Options: nosniff\r\n"
             "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'"
           + scripts + "\r\nReferrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n"
           + furtherFields + "\r\n" + document;
}

// 405 has no document: a HEAD must not be answered with one.
std::map<int, QByteArray> makePages()
{
    const QByteArray received =
        documentOf("Back to Keytender",
                   "<p>Keytender has received the answer. Return to it to see what came of the sign-in.</p>\n"
                   "<p>You can close this tab.</p>",
                   "<script>" + QByteArray(script) + "</script>\n");
    const QByteArray stray = documentOf("Nothing here", "<p>Keytender waits at this address for the answer of a "
                                                        "sign-in, and this request was not it.</p>");
    return {{200, responseOf("200 OK", {}, received)},
            {400, responseOf("400 Bad Request", {}, stray)},
            {404, responseOf("404 Not Found", {}, stray)},
            {405, responseOf("405 Method Not Allowed", "Allow: GET\r\n", {})},
            {408, responseOf("408 Request Timeout", {}, stray)},
            {414, responseOf("414 URI Too Long", {}, stray)},
            {431, responseOf("431 Request Header Fields Too Large", {}, stray)},
            {505, responseOf("505 HTTP Version Not Supported", {}, stray)}};
}

} // namespace

const QByteArray &redirectPage(int status)
{
    static const std::map<int, QByteArray> pages = makePages();
    const auto found = pages.find(status);
    return found != pages.end() ? found->second : pages.at(400);
}

} // namespace keytender::oauth

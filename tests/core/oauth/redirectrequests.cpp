// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "redirectrequests.h"

#include <QTest>

namespace keytender::tests {

namespace {

constexpr const char *host = "Host: 127.0.0.1:{port}\r\n";
constexpr const char *goodTarget = "/callback?code=abc&state=st-1";

void row(const QByteArray &name, const QByteArray &bytes, int headStatus, const QByteArray &outcome = "-")
{
    QTest::newRow(name.constData()) << bytes << headStatus << outcome;
}

QByteArray get(const QByteArray &target, const QByteArray &fields = host)
{
    return "GET " + target + " HTTP/1.1\r\n" + fields + "\r\n";
}

void methods() // L-08
{
    for (const char *method :
         {"HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "CONNECT", "TRACE", "PROPFIND", "get", "Get", "BREW"})
        row(QByteArray("method ") + method, QByteArray(method) + " " + goodTarget + " HTTP/1.1\r\n" + host + "\r\n",
            405);
    row("a preflight of Chrome's private network access",
        "OPTIONS " + QByteArray(goodTarget) + " HTTP/1.1\r\n" + host
            + "Origin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\n"
              "Access-Control-Request-Private-Network: true\r\n\r\n",
        405);
    row("POST with the answer as its body",
        QByteArray("POST /callback HTTP/1.1\r\n") + host + "Content-Length: 19\r\n\r\ncode=abc&state=st-1", 405);
    row("CONNECT in authority form", QByteArray("CONNECT evil.example:443 HTTP/1.1\r\n") + host + "\r\n", 405);
    row("OPTIONS *", QByteArray("OPTIONS * HTTP/1.1\r\n") + host + "\r\n", 405);
    row("HTTP/2 with prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 405);
}

void paths() // L-07
{
    for (const char *path :
         {"/", "/favicon.ico", "/robots.txt", "/apple-touch-icon.png", "/callback/", "//callback", "/callback;x",
          "/Callback", "/%63allback", "/callback%20", "/callback%00", "/x/../callback", "/./callback", "/callback/x",
          "/cancel", "/done", "/.well-known/appspecific/com.chrome.devtools.json", "/callbac"})
        row(QByteArray("path ") + path, get(QByteArray(path) + "?code=abc&state=st-1"), 404);
    row("path without a query", get("/sw.js"), 404);
}

void hosts() // L-09
{
    for (const char *each : {"evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:0{port}",
                             "localhost:{port}", "[::1]:{port}", "127.0.0.1.:{port}", "127.1:{port}", "0.0.0.0:{port}",
                             "2130706433:{port}", "user@127.0.0.1:{port}", "127.0.0.1:{port}, evil.example",
                             "http://127.0.0.1:{port}", "127.0.0.1:{port}/", "127.0.0.1.evil.example:{port}", ""})
        row(QByteArray("host ") + (*each != '\0' ? each : "that is empty"),
            get(goodTarget, QByteArray("Host: ") + each + "\r\n"), 400);
    row("no host", get(goodTarget, ""), 400);
    row("no host and another path", get("/favicon.ico", ""), 400);
    row("host twice", get(goodTarget, QByteArray(host) + host), 400);
    row("host twice, once in lower case", get(goodTarget, QByteArray(host) + "host: evil.example\r\n"), 400);
    row("another host and another path", get("/", "Host: evil.example\r\n"), 400);
}

void states() // L-10
{
    for (const char *query :
         {"", "?", "?code=abc", "?code=abc&state=", "?code=abc&state=st-2", "?code=abc&state=st-",
          "?code=abc&state=st-1x", "?code=abc&state=ST-1", "?code=abc&State=st-1", "?code=abc&state=st-1%00",
          "?error=access_denied", "?error=access_denied&state=guess", "?code=abc&code=abd&state=guess", "?state",
          "?code=abc;state=st-1", "?code=abc%26state=st-1"})
        row(QByteArray("state ") + query, get(QByteArray("/callback") + query), 200);
}

void lines() // L-18
{
    const QByteArray line = QByteArray("GET ") + goodTarget + " HTTP/1.1\r\n";
    row("LF alone", "GET " + QByteArray(goodTarget) + " HTTP/1.1\nHost: 127.0.0.1:{port}\n\n", 400);
    row("LF alone at the end", line + "Host: 127.0.0.1:{port}\r\n\n", 400);
    row("lone CR in the target", "GET /callback?code=abc\r&state=st-1 HTTP/1.1\r\n" + QByteArray(host) + "\r\n", 400);
    row("lone CR in a field", line + host + "X: a\rb\r\n\r\n", 400);
    row("lone CR as a line end", "GET " + QByteArray(goodTarget) + " HTTP/1.1\rHost: 127.0.0.1:{port}\r\r", 400);
    row("CR CR LF", line + host + "X: a\r\r\n\r\n", 400);
    row("NUL in the target", QByteArray("GET /callback?code=a\0c&state=st-1 HTTP/1.1\r\n", 44) + host + "\r\n", 400);
    row("NUL in a field", line + host + QByteArray("X: a\0b\r\n\r\n", 10), 400);
    row("DEL in a field", line + host + "X: a\x7f\r\n\r\n", 400);
    row("escape in a field", line + host + "X: \x1b[2J\r\n\r\n", 400);
    row("folded line", line + host + "X: a\r\n b\r\n\r\n", 400);
    row("folded host", line + "Host:\r\n 127.0.0.1:{port}\r\n\r\n", 400);
    row("blank before the first field", line + " " + host + "\r\n", 400);
    row("blank before the colon", line + "Host : 127.0.0.1:{port}\r\n\r\n", 400);
    row("no colon", line + host + "X\r\n\r\n", 400);
    row("no name", line + host + ": x\r\n\r\n", 400);
    row("a name that is none", line + host + "X(y): x\r\n\r\n", 400);
    row("an empty line first", "\r\n" + get(goodTarget), 400);
    row("a blank first", " " + get(goodTarget), 400);
    row("content", line + host + "Content-Length: 3\r\n\r\nabc", 400);
    row("content twice", line + host + "Content-Length: 0\r\nContent-Length: 3\r\n\r\nabc", 400);
    row("chunks", line + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    row("a TLS hello", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400);
    row("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", 405);
    row("not even a method", "\xff\xfe\xfd\r\n\r\n", 400);
    row("brackets for a method", "[GET] / HTTP/1.1\r\n\r\n", 400);
}

void targets() // L-18
{
    for (const char *target :
         {"http://127.0.0.1:{port}/callback?code=abc&state=st-1", "https://evil.example/callback?code=abc&state=st-1",
          "callback?code=abc&state=st-1", "?code=abc&state=st-1", "*", "", "/callback?code=abc&state=st-1#x",
          "/callback?code=%&state=st-1", "/callback?code=%2&state=st-1", "/callback?code=%zz&state=st-1",
          "/callback?code=abc&state=st-1%", "/callback?code=%u0041&state=st-1", "/callback?code=\xc3\xa9&state=st-1",
          "/callback?code=<b>&state=st-1", "/callback?code=\"&state=st-1", "/callback?code=a\\b&state=st-1",
          "/callback?code=a\tb&state=st-1", "/callback?code=a b&state=st-1"})
        row(QByteArray("target ") + (*target != '\0' ? target : "that is empty"), get(target), 400);
    for (const char *version :
         {"http/1.1", "HTTP/1.1x", "HTTP/11", "HTTP/1", "HTTPS/1.1", "HTTP/1.1 ", " HTTP/1.1", ""})
        row(QByteArray("version '") + version + "'",
            QByteArray("GET ") + goodTarget + " " + version + "\r\n" + host + "\r\n", 400);
    row("no version", QByteArray("GET ") + goodTarget + "\r\n" + host + "\r\n", 400);
    for (const char *version : {"HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0"})
        row(QByteArray("version ") + version, QByteArray("GET ") + goodTarget + " " + version + "\r\n" + host + "\r\n",
            505);
}

void sizes() // L-16
{
    const auto padded = [](qsizetype size) {
        const QByteArray bare = get(goodTarget, QByteArray(host) + "X: \r\n");
        return get(goodTarget, QByteArray(host) + "X: " + QByteArray(size - bare.size(), 'x') + "\r\n");
    };
    const qsizetype limit = oauth::requestHeadLimit;
    const qsizetype rest = 2; // {port} is longer than a port, by two at most
    row("a head of 64 KiB", padded(65536), 431);
    row("a head beyond the limit", padded(limit + rest + 2), 431);
    row("a target of 64 KiB", get("/callback?code=" + QByteArray(65536, 'a') + "&state=st-1"), 414);
    row("64 KiB without a line end", "GET /" + QByteArray(65536, 'a'), 414);
    row("4,000 fields", get(goodTarget, host + QByteArray("X: y\r\n").repeated(4000)), 431);
    row("a head just within the limit", padded(limit - 1), 200, "code abc");
    row("a code of 8 KiB", get("/callback?code=" + QByteArray(8192, 'a') + "&state=st-1"), 200,
        "code " + QByteArray(8192, 'a'));
}

void answers()
{
    row("the answer", get(goodTarget), 200, "code abc");
    row("the answer as Chromium sends it",
        get(goodTarget,
            QByteArray(host)
                + "Connection: keep-alive\r\nsec-ch-ua: \"Chromium\";v=\"120\"\r\n"
                  "Upgrade-Insecure-Requests: 1\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n"
                  "Accept: text/html,*/*;q=0.8\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"
                  "Accept-Encoding: gzip, deflate, br\r\nAccept-Language: de,en;q=0.9\r\n"),
        200, "code abc");
    row("field names in other cases", get(goodTarget, "hOST: 127.0.0.1:{port}\r\n"), 200, "code abc");
    row("blanks around the host", get(goodTarget, "Host: \t 127.0.0.1:{port} \t\r\n"), 200, "code abc");
    row("no blank before the host", get(goodTarget, "Host:127.0.0.1:{port}\r\n"), 200, "code abc");
    row("an empty field", get(goodTarget, QByteArray(host) + "X:\r\n"), 200, "code abc");
    row("a field beyond ASCII", get(goodTarget, QByteArray(host) + "X: \xff\xc3\xa9\r\n"), 200, "code abc");
    row("no content", get(goodTarget, QByteArray(host) + "Content-Length: 0\r\n"), 200, "code abc");
    row("a pipelined second request", get(goodTarget) + get("/callback?code=zzz&state=st-1"), 200, "code abc");
    row("junk behind the request", get(goodTarget) + QByteArray(3000, '\0'), 200, "code abc");
    row("percent-encoded", get("/callback?code=a%2fc&state=st%2D1"), 200, "code a/c");
    row("no UTF-8 elsewhere", get("/callback?code=abc&state=st-1&x=%ff%c0%80"), 200, "code abc");
    row("further parameters", get("/callback?scope=a+b&code=abc&authuser=0&state=st-1"), 200, "code abc");
    row("an error", get("/callback?error=access_denied&state=st-1"), 200, "error access_denied");
    row("an error with markup in its description",
        get("/callback?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E&state=st-1"), 200,
        "error access_denied");
    for (const char *query : {"code=abc&code=abc&state=st-1", "code=abc&state=st-1&state=st-1",
                              "code=abc&state=x&state=st-1", "error=a&error=b&state=st-1", "code=a&error=b&state=st-1",
                              "code=abc&state=st-1&iss=a&iss=a", "code=&state=st-1", "state=st-1", "error=&state=st-1",
                              "code=%ff&state=st-1", "code=a%00b&state=st-1", "code=a%0d%0ab&state=st-1"}) // L-12
        row(QByteArray("refused ") + query, get(QByteArray("/callback?") + query), 200, "refused");
}

} // namespace

void redirectRequestRows()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("headStatus");
    QTest::addColumn<QByteArray>("outcome");
    methods();
    paths();
    hosts();
    states();
    lines();
    targets();
    sizes();
    answers();
}

} // namespace keytender::tests

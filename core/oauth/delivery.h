// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include <QByteArray>
#include <QUrl>

#include "base/error.h"
#include "base/timestamp.h"
#include "oauth/requestbody.h"

class QObject;

namespace keytender::oauth {

using Headers = std::vector<std::pair<QByteArray, QByteArray>>;

// One POST to an endpoint of an authorization server.
struct Post {
    QUrl endpoint;
    provider::BodyEncoding encoding = provider::BodyEncoding::Form;
    std::vector<Parameter> parameters;
    Headers headers; // beside Content-Type, Content-Length, Accept, Host and Connection
    base::Milliseconds deadline = std::chrono::seconds(30); // from the decision to the last byte of the answer
    base::Secret bearer{};                                  // empty = no Authorization header
};

// A document to read: a server's metadata, the profile behind an access token.
struct Get {
    QUrl endpoint;
    Headers headers; // as with a Post
    base::Secret bearer{};
    base::Milliseconds deadline = std::chrono::seconds(15);
};

// What became of it, as far as a single-use token is concerned.
enum class Fate {
    NotSent,  // no byte of the request left this machine: nothing is spent
    Unknown,  // it may have arrived, and no whole answer came back
    Answered, // a whole answer, whatever it says
};

struct Delivery {
    Fate fate = Fate::NotSent;
    int status = 0;                            // of HTTP; 0 unless Answered
    Headers headers;                           // of the answer, names as they came
    base::Secret body;                         // at most 1 MiB
    std::optional<base::Error> error;          // why not Answered
    std::optional<base::Timestamp> serverTime; // its Date header
    base::Milliseconds roundTrip{0};
};

// The wire. A request is transmitted at most once for each call (N-23): no redirect is followed, nothing is sent again,
// HTTP/1.1 over a fresh connection. `done` is called once, unless `context` is gone by then.
class TokenTransport {
public:
    TokenTransport() = default;
    virtual ~TokenTransport() = default;
    TokenTransport(const TokenTransport &) = delete;
    TokenTransport &operator=(const TokenTransport &) = delete;

    virtual void post(Post request, QObject *context, std::function<void(Delivery)> done) = 0;
};

// The same wire and the same rules, for what may be asked for again.
class DocumentTransport {
public:
    DocumentTransport() = default;
    virtual ~DocumentTransport() = default;
    DocumentTransport(const DocumentTransport &) = delete;
    DocumentTransport &operator=(const DocumentTransport &) = delete;

    virtual void get(Get request, QObject *context, std::function<void(Delivery)> done) = 0;
};

} // namespace keytender::oauth

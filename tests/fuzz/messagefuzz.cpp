// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "messagefuzz.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "wire/message.h"

namespace keytender::fuzz {

using wire::Message;
using wire::Reader;

namespace {

struct Heard {
    std::vector<Message> messages;
    std::optional<wire::Fault> fault;
    std::size_t left = 0; // bytes that are no message yet
};

// false once there is a fault.
bool takeAll(Reader &reader, Heard &heard)
{
    while (true) {
        Reader::Step step = reader.next();
        heard.fault = step.fault;
        if (!step.message)
            return !heard.fault;
        heard.messages.push_back(*std::move(step.message));
    }
}

Heard hear(std::string_view bytes, std::size_t piece)
{
    Reader reader;
    Heard heard;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        reader.feed(bytes.substr(at, piece));
        if (!takeAll(reader, heard))
            break;
    }
    heard.left = reader.heldBytes();
    return heard;
}

bool isWithinLimits(const Message &message)
{
    return message.fits() && message.fieldCount() <= wire::mostFields
           && message.encoded().size() <= 4 + wire::mostFrameBytes;
}

// What a desk would do with it, and what goes back.
const char *brokenByAnswering(std::string_view text)
{
    Message request(wire::Kind::Request);
    const bool isLine = text.find_first_of(std::string_view("\0\r\n", 3)) == std::string_view::npos;
    if (request.set("say", text).fits() != (isLine && text.size() <= wire::mostFrameBytes - 11))
        return "a request takes what it may not, or refuses what it may";
    Message answer(wire::Kind::Answer);
    answer.set("outcome", "ok").set("text", text).set(text.substr(0, 40), text);
    const Heard heard = hear(answer.encoded().view(), 4096);
    if (heard.fault || heard.messages.size() != 1 || heard.left != 0)
        return "what is written cannot be read";
    if (heard.messages.front().value("outcome") != "ok" || heard.messages.front().find("text") != answer.find("text"))
        return "what is read is not what was written";
    return nullptr;
}

} // namespace

const char *brokenBy(std::string_view input)
{
    if (input.empty())
        return nullptr;
    const std::size_t piece = std::max<std::size_t>(1, static_cast<unsigned char>(input.front()));
    const std::string_view bytes = input.substr(1);
    const Heard heard = hear(bytes, piece);
    const Heard atOnce = hear(bytes, std::max<std::size_t>(1, bytes.size()));
    if (heard.messages.size() != atOnce.messages.size() || heard.fault != atOnce.fault)
        return "what is heard depends on how it was cut";
    std::string again;
    for (std::size_t i = 0; i < heard.messages.size(); ++i) {
        if (!isWithinLimits(heard.messages[i]))
            return "a message is beyond the limits";
        const wire::WipedBytes encoded = heard.messages[i].encoded();
        if (encoded.view() != atOnce.messages[i].encoded().view())
            return "a message depends on how it was cut";
        again += encoded.view();
    }
    // There is one way to write a message, so reading and writing gives the very bytes.
    if (!bytes.starts_with(again))
        return "a message that was read is written otherwise";
    if (!heard.fault && again.size() + heard.left != bytes.size())
        return "bytes were lost";
    // One in four: the other way round is simpler, and takes as long.
    return piece % 4 == 0 ? brokenByAnswering(bytes) : nullptr;
}

} // namespace keytender::fuzz

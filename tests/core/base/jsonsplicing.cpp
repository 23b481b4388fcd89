// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Property: whatever the text looks like, replacing one value leaves every other byte as it was. The generator notes by
// itself where each value lies, so that the reader's spans are checked too. KEYTENDER_LONG=1 runs 100,000 texts.

#include "base/jsonspans.h"

#include <algorithm>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include <QTest>

using namespace keytender::base;

namespace {

using Step = std::variant<std::string, std::size_t>; // a member's name or an element's index

struct Place {
    std::vector<Step> path;
    ByteSpan span;
    JsonType type;
    std::string text; // decoded, of a string
};

// Writes one JSON text in the manner of many programs and remembers each value's place.
class Generator final {
public:
    explicit Generator(std::uint64_t seed) : m_random(seed)
    {
        m_newline = chance(2) ? "\n" : "\r\n";
        m_indent = pick({"", "  ", "    ", "\t"});
        m_isTight = chance(4);
    }

    void run()
    {
        space();
        value(0);
        space();
    }

    std::string text;
    std::vector<Place> places;

    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(m_random); }

private:
    bool chance(std::size_t oneIn) { return below(oneIn) == 0; }
    std::string pick(const std::vector<std::string> &choices) { return choices[below(choices.size())]; }

    void space()
    {
        if (m_isTight)
            return;
        if (chance(3)) {
            text += m_newline;
            for (std::size_t depth = m_path.size(); depth > 0; --depth)
                text += m_indent;
        } else if (chance(2)) {
            text += pick({" ", "  ", "\t", " \t "});
        }
    }

    void value(int depth)
    {
        static constexpr JsonType types[] = {JsonType::Null,   JsonType::Boolean, JsonType::Number,
                                             JsonType::String, JsonType::Array,   JsonType::Object};
        const std::size_t kinds = depth >= 6 ? 4 : depth == 0 ? 12 : 7; // deep down only scalars, objects more often
        const JsonType type = types[std::min<std::size_t>(below(kinds), 5)];
        const std::size_t index = places.size();
        places.push_back({m_path, {text.size(), 0}, type, {}});
        switch (type) {
        case JsonType::Boolean:
            text += pick({"true", "false"});
            break;
        case JsonType::Number:
            number();
            break;
        case JsonType::String:
            places[index].text = string();
            break;
        case JsonType::Array:
            array(depth);
            break;
        case JsonType::Object:
            object(depth);
            break;
        default:
            text += "null";
        }
        places[index].span.end = text.size();
    }

    void array(int depth)
    {
        text += '[';
        const std::size_t count = below(5);
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0)
                text += ',';
            space();
            m_path.emplace_back(i);
            value(depth + 1);
            m_path.pop_back();
            space();
        }
        if (count == 0)
            space();
        text += ']';
    }

    void object(int depth)
    {
        text += '{';
        const std::size_t count = below(6);
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0)
                text += ',';
            space();
            // The number at its end makes it unlike the others.
            const std::string key = string(std::to_string(i));
            space();
            text += ':';
            space();
            m_path.emplace_back(key);
            value(depth + 1);
            m_path.pop_back();
            space();
        }
        if (count == 0)
            space();
        text += '}';
    }

    void number()
    {
        const std::string digits = std::to_string(m_random());
        const std::string exponent = std::to_string(below(200));
        text += pick({"0", "-0", digits, '-' + digits, digits + digits + digits, "1.0", "-0.10",
                      digits.substr(0, 3) + '.' + digits, "1e" + exponent, "1E+" + exponent, "2.50e-" + exponent});
    }

    std::string string(const std::string &suffix = {})
    {
        struct Piece {
            const char *written;
            const char *meant;
        };
        static const std::vector<Piece> pieces{{"a", "a"},
                                               {"Z", "Z"},
                                               {"0", "0"},
                                               {"{", "{"},
                                               {"]", "]"},
                                               {":", ":"},
                                               {",", ","},
                                               {" ", " "},
                                               {"\\\"", "\""},
                                               {"\\\\", "\\"},
                                               {"\\/", "/"},
                                               {"/", "/"},
                                               {"\\b", "\b"},
                                               {"\\f", "\f"},
                                               {"\\n", "\n"},
                                               {"\\r", "\r"},
                                               {"\\t", "\t"},
                                               {"\\u0041", "A"},
                                               {"\\u00e9", "é"},
                                               {"é", "é"},
                                               {"\\u20AC", "€"},
                                               {"€", "€"},
                                               {"\\uD83d\\ude00", "😀"},
                                               {"😀", "😀"},
                                               {"\\u001f", "\x1f"},
                                               {"\x7f", "\x7f"},
                                               {"\xEF\xBB\xBF", "\xEF\xBB\xBF"}};
        std::string meant;
        text += '"';
        for (std::size_t length = below(12); length > 0; --length) {
            const Piece &piece = pieces[below(pieces.size())];
            text += piece.written;
            meant += piece.meant;
        }
        text += suffix + '"';
        return meant + suffix;
    }

    std::mt19937_64 m_random;
    std::string m_newline;
    std::string m_indent;
    bool m_isTight = false;
    std::vector<Step> m_path;
};

JsonValue valueAt(JsonValue value, const std::vector<Step> &path)
{
    for (const Step &step : path) {
        if (const auto *key = std::get_if<std::string>(&step))
            value = value.member(*key);
        else
            value = value.elements().at(std::get<std::size_t>(step));
    }
    return value;
}

const char *replacementFor(std::size_t number)
{
    static const std::vector<const char *> replacements{"null", "\"sk-new\"", "1790000000000", "{\"a\":[1, 2]}",
                                                        "[]",   "\"é😀\"",     "-1.0e+5"};
    return replacements[number % replacements.size()];
}

// Empty, or what went wrong.
std::string counterexample(std::uint64_t seed)
{
    Generator generator(seed);
    generator.run();
    const auto document = JsonSpans::parse(Secret::copyOf(generator.text), QStringLiteral("generated"));
    if (!document)
        return describe(document.error()).toStdString();
    const Place &place = generator.places[generator.below(generator.places.size())];
    const JsonValue value = valueAt(document->root(), place.path);
    if (value.span() != place.span || value.type() != place.type)
        return "the value was not found at " + std::to_string(place.span.begin);
    if (place.type == JsonType::String && value.secret()->expose() != place.text)
        return "the string was read as another: " + place.text;

    const std::string replacement = replacementFor(generator.below(100));
    std::vector<JsonEdit> edits;
    edits.push_back({value.span(), Secret::copyOf(replacement)});
    const auto spliced = document->spliced(std::move(edits));
    if (!spliced)
        return describe(spliced.error()).toStdString();
    const std::string expected =
        std::string(generator.text).replace(place.span.begin, place.span.end - place.span.begin, replacement);
    if (spliced->expose() != expected)
        return "other bytes changed: " + std::string(spliced->expose());
    if (!JsonSpans::parse(spliced->clone(), QStringLiteral("spliced")))
        return "the outcome is no JSON: " + expected;
    return {};
}

} // namespace

class JsonSplicingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(initializeCrypto()); }
    void replacingOneValue_keepsEveryOtherByte();
};

void JsonSplicingTest::replacingOneValue_keepsEveryOtherByte()
{
    const std::uint64_t texts = qEnvironmentVariableIntValue("KEYTENDER_LONG") == 1 ? 100'000 : 2'000;
    for (std::uint64_t seed = 1; seed <= texts; ++seed) {
        const std::string fault = counterexample(seed);
        if (fault.empty())
            continue;
        Generator generator(seed);
        generator.run();
        QFAIL(qPrintable(QStringLiteral("seed %1: %2\n%3")
                             .arg(seed)
                             .arg(QString::fromStdString(fault), QString::fromStdString(generator.text))));
    }
}

QTEST_GUILESS_MAIN(JsonSplicingTest)
#include "jsonsplicing.moc"

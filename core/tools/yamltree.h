// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <QString>

#include "base/jsonspans.h"
#include "base/result.h"
#include "base/secret.h"

namespace keytender::tools {

struct YamlMember;

// A value of a YAML text. Lists are known as such, but not kept: no tool's login lies in one.
struct YamlNode {
    enum class Type { Null, Scalar, List, Map };

    Type type = Type::Null;
    std::size_t line = 1;
    bool isFlow = false; // a map in braces
    std::string text;    // of a scalar, with stand-ins: YamlTree tells what it says
    std::vector<YamlMember> members;

    [[nodiscard]] bool isMap() const { return type == Type::Map; }
    [[nodiscard]] const YamlNode *member(QStringView key) const; // null where there is none
};

struct YamlMember {
    QString key;
    YamlNode value;
};

// One YAML 1.1 document as a tree, read with libyaml. The parser copies what it reads into buffers that nobody wipes,
// so whatever is long enough to be a token gets a stand-in before it comes there, and only string() and secret() turn
// that back. Aliases, doubled keys and a second document are refused.
class YamlTree final {
public:
    static constexpr std::size_t sizeLimit = 1u << 20;
    static constexpr int depthLimit = 16;
    static constexpr int valuesLimit = 20'000;

    // Empty texts are ErrorKind::Incomplete, large ones TooLarge, all other faults Malformed with their line.
    [[nodiscard]] static base::Result<YamlTree> parse(base::Secret bytes, const QString &subject);

    [[nodiscard]] const YamlNode &root() const { return m_root; }
    [[nodiscard]] std::string_view bytes() const { return m_bytes.expose(); }

    // Of a scalar; the empty text of a null.
    [[nodiscard]] base::Result<QString> string(const YamlNode &node) const; // never for a secret
    [[nodiscard]] base::Result<base::Secret> secret(const YamlNode &node) const;

    [[nodiscard]] base::Error error(const YamlNode &node, const QString &detail,
                                    base::ErrorKind kind = base::ErrorKind::Malformed) const;

private:
    class Builder;
    YamlTree() = default;
    [[nodiscard]] base::Secret masked();
    [[nodiscard]] base::Secret restored(std::string_view text) const;

    base::Secret m_bytes;
    QString m_subject;
    std::vector<base::ByteSpan> m_masked; // what the stand-ins stand for
    YamlNode m_root;
};

} // namespace keytender::tools

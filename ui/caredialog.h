// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/neighbours/neighbours.h"
#include "ui/carepage.h"
#include "ui/dialog.h"

namespace keytender::ui {

class PreviewPage;

// Asks who may renew logins that other tools made, shows beforehand what would be written, and does as it is told.
class CareDialog final : public Dialog {
    Q_OBJECT

public:
    // `neighbours` outlives it.
    explicit CareDialog(service::Neighbours &neighbours, QWidget *parent = nullptr);

    // About those of whom nobody has said anything yet; about all where there is none.
    void askAll();
    void ask(const QString &profileId);
    // The preview alone.
    void preview(const QString &profileId);

private:
    [[nodiscard]] std::vector<service::CareOffer> offersToAskAbout() const;
    void openPreview(const QString &profileId);
    void apply(CarePage &page, const CarePage::Answers &answers);
    void follow();

    service::Neighbours &m_neighbours;
    QString m_profile; // of `one`
    bool m_isApplying = false;
    CarePage *m_all = nullptr;
    CarePage *m_one = nullptr;
    PreviewPage *m_preview = nullptr;
    CarePage *m_behindPreview = nullptr;
};

} // namespace keytender::ui

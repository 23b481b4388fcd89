// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The windows that speak of other tools' logins.
#include "dialogs.h"

#include "service/neighbours/neighbours.h"
#include "ui/accountdialog.h"
#include "ui/caredialog.h"
#include "ui/linksdialog.h"
#include "ui/rescuedialog.h"

namespace keytender::tray {

void Dialogs::setNeighbours(service::Neighbours *neighbours)
{
    if (m_neighbours == neighbours && neighbours != nullptr)
        return;
    m_neighbours = neighbours;
    delete m_care;
    delete m_links;
    delete m_rescue;
    delete m_account;
}

template <class D, class... More>
D &Dialogs::dialogOf(QPointer<D> &place, More &...more)
{
    if (!place) {
        place = new D(*m_neighbours, more...);
        place->setAttribute(Qt::WA_DeleteOnClose);
    }
    return *place;
}

void Dialogs::introduceNeighbours()
{
    if (m_areIntroduced || !m_neighbours || m_neighbours->unasked().isEmpty())
        return;
    m_areIntroduced = true;
    askOfAll();
}

void Dialogs::askOfAll()
{
    if (!m_neighbours)
        return;
    m_areIntroduced = true;
    ui::CareDialog &dialog = dialogOf(m_care);
    dialog.askAll();
    dialog.present();
}

void Dialogs::askOf(const QString &profileId)
{
    if (!m_neighbours)
        return;
    ui::CareDialog &dialog = dialogOf(m_care);
    dialog.ask(profileId);
    dialog.present();
}

void Dialogs::previewOf(const QString &profileId)
{
    if (!m_neighbours)
        return;
    ui::CareDialog &dialog = dialogOf(m_care);
    dialog.preview(profileId);
    dialog.present();
}

void Dialogs::linksOf(const QString &profileId)
{
    if (!m_neighbours)
        return;
    ui::LinksDialog &dialog = dialogOf(m_links, m_world.clock);
    dialog.open(profileId);
    dialog.present();
}

void Dialogs::rescue(const QString &profileId)
{
    if (!m_neighbours)
        return;
    ui::RescueDialog &dialog = dialogOf(m_rescue);
    dialog.open(profileId);
    dialog.present();
}

void Dialogs::useAccount(const QString &profileId, const QString &inPlaceOf)
{
    if (!m_neighbours)
        return;
    ui::AccountDialog &dialog = dialogOf(m_account);
    dialog.use(profileId, inPlaceOf);
    dialog.present();
}

} // namespace keytender::tray

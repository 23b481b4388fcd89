// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/caredialog.h"

#include <QScopedValueRollback>

#include "ui/previewpage.h"

namespace keytender::ui {

using service::CareOffer;

CareDialog::CareDialog(service::Neighbours &neighbours, QWidget *parent) : Dialog(parent), m_neighbours(neighbours)
{
    setObjectName(QStringLiteral("care"));
    setWindowTitle(tr("Logins of other tools – Keytender"));
    m_all = new CarePage(CarePage::Question::All);
    m_one = new CarePage(CarePage::Question::One);
    m_preview = new PreviewPage;
    for (CarePage *page : {m_all, m_one}) {
        addPage(*page);
        connect(page, &CarePage::left, this, &CareDialog::reject);
        connect(page, &CarePage::confirmed, this,
                [this, page](const CarePage::Answers &answers) { apply(*page, answers); });
        connect(page, &CarePage::previewRequested, this, [this, page](const QString &profileId) {
            m_behindPreview = page;
            openPreview(profileId);
        });
    }
    addPage(*m_preview);
    connect(m_preview, &PreviewPage::left, this, [this] {
        if (m_behindPreview == nullptr)
            reject();
        else
            showPage(*m_behindPreview);
    });
    connect(&neighbours, &service::Neighbours::changed, this, &CareDialog::follow);
    connect(&neighbours, &service::Neighbours::unaskedChanged, this, &CareDialog::follow);
}

std::vector<CareOffer> CareDialog::offersToAskAbout() const
{
    std::vector<CareOffer> offers = m_neighbours.careOffers();
    const QStringList unasked = m_neighbours.unasked();
    if (!unasked.isEmpty())
        std::erase_if(offers, [&](const CareOffer &offer) { return !unasked.contains(offer.profileId); });
    return offers;
}

void CareDialog::askAll()
{
    m_all->show(offersToAskAbout(), {});
    showPage(*m_all);
}

void CareDialog::ask(const QString &profileId)
{
    m_profile = profileId;
    m_one->show({m_neighbours.careOffer(profileId)}, {});
    showPage(*m_one);
}

void CareDialog::preview(const QString &profileId)
{
    m_behindPreview = nullptr;
    openPreview(profileId);
}

void CareDialog::openPreview(const QString &profileId)
{
    const auto way = m_behindPreview == nullptr ? PreviewPage::Way::Close : PreviewPage::Way::Back;
    m_preview->show(m_neighbours.careOffer(profileId).label, m_neighbours.preview(profileId), way);
    showPage(*m_preview);
}

// What was refused stays, with its reason.
void CareDialog::apply(CarePage &page, const CarePage::Answers &answers)
{
    std::map<QString, QString> problems;
    {
        const QScopedValueRollback applying(m_isApplying, true);
        for (const auto &[id, care] : answers) {
            if (const auto set = m_neighbours.setCare(id, care); !set)
                problems[id] = base::describe(set.error());
        }
    }
    if (problems.empty())
        return accept();
    follow();
    for (const auto &[id, text] : problems)
        page.setProblem(id, text);
}

void CareDialog::follow()
{
    if (m_isApplying || !isVisible())
        return;
    const bool isOne = page() == m_one || (page() == m_preview && m_behindPreview == m_one);
    if (isOne)
        m_one->show({m_neighbours.careOffer(m_profile)}, m_one->answers());
    else
        m_all->show(offersToAskAbout(), m_all->answers());
    page()->settle();
    if (QWidget *first = page()->firstFocus(); first != nullptr && focusWidget() == nullptr)
        first->setFocus(Qt::OtherFocusReason);
}

} // namespace keytender::ui

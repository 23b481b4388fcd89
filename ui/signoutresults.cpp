// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/signoutresults.h"

#include <algorithm>

#include <QBoxLayout>

#include "ui/busysign.h"
#include "ui/glyphsign.h"
#include "ui/linklabel.h"

namespace keytender::ui {

using service::SignOutResult;

namespace {

QWidget *signFor(const SignOutResult &result)
{
    if (!result.hasLeftHere)
        return new GlyphSign(Glyph::Triangle, profile::Severity::ActNow);
    return result.isComplete ? new GlyphSign(Glyph::Tick, profile::Severity::Well)
                             : new GlyphSign(Glyph::Clock, profile::Severity::Due);
}

QString titleFor(const std::vector<SignOutResult> &results)
{
    const auto hasLeft = [](const SignOutResult &result) { return result.hasLeftHere; };
    const auto isComplete = [](const SignOutResult &result) { return result.isComplete; };
    if (!std::all_of(results.begin(), results.end(), hasLeft))
        return SignOutResultsPage::tr("Not everything could be signed out");
    if (std::all_of(results.begin(), results.end(), isComplete))
        return SignOutResultsPage::tr("Signed out");
    return SignOutResultsPage::tr("Signed out here, and not yet everywhere");
}

} // namespace

WorkingPage::WorkingPage(QWidget *parent) : Page(tr("Signing out"), parent)
{
    body().addWidget(beside(new BusySign, new TextLabel(tr("Telling the provider…"), TextRole::Plain)));
    addGap(2);
    addText(tr("This goes on when you close the window."), TextRole::Muted);
    body().addStretch(1);
    connect(addButton(tr("Close"), Button::Rank::Primary), &QPushButton::clicked, this, &WorkingPage::closed);
}

SignOutResultsPage::SignOutResultsPage(QWidget *parent) : Page({}, parent)
{
    m_list = new QVBoxLayout;
    m_list->setSpacing(3 * unit());
    body().addLayout(m_list);
    body().addStretch(1);
    connect(addButton(tr("Close"), Button::Rank::Primary), &QPushButton::clicked, this, &SignOutResultsPage::closed);
}

void SignOutResultsPage::show(const std::vector<SignOutResult> &results)
{
    while (QLayoutItem *item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    setTitle(titleFor(results));
    for (const SignOutResult &result : results)
        addResult(result);
}

void SignOutResultsPage::addResult(const SignOutResult &result)
{
    auto *words = new QWidget;
    auto *layout = new QVBoxLayout(words);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(new TextLabel(result.label, TextRole::Strong));
    layout->addWidget(new TextLabel(result.text, TextRole::Plain));
    if (!result.isComplete && result.revokeByHand.isValid()) {
        auto *link = new LinkLabel;
        link->setTarget(result.revokeByHand);
        layout->addWidget(link);
        connect(link, &LinkLabel::opened, this, &SignOutResultsPage::openPageRequested);
    }
    m_list->addWidget(beside(signFor(result), words));
}

} // namespace keytender::ui

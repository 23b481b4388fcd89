// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/generalpage.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QLocale>

#include "ui/choice.h"
#include "ui/problemline.h"
#include "ui/rowtext.h"
#include "ui/settingsgroup.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

using service::Settings;
using Start = SettingsSubject::Start;

GeneralPage::GeneralPage(SettingsAccess access, QWidget *parent)
    : SettingsPage(tr("General"), std::move(access), parent)
{
    m_startGroup = addGroup(tr("Start"));
    m_start = new Choice(Choice::Kind::Check, tr("Start with the session"),
                         tr("In the tray and without a window: logins are tended from the moment you sign in to this "
                            "computer."));
    m_startNote = new TextLabel({}, TextRole::Muted);
    m_startProblem = new ProblemLine;
    m_insist = new Button(tr("Start it all the same"), Button::Rank::Plain);
    auto *insist = new WrapLayout(2 * unit(), WrapLayout::Side::Start);
    insist->addWidget(m_insist);
    m_startGroup->body().addWidget(m_start);
    m_startGroup->body().addWidget(m_startNote);
    m_startGroup->body().addWidget(m_startProblem);
    m_startGroup->addGap(1);
    m_startGroup->body().addLayout(insist);
    m_languageGroup = addGroup(tr("Language"), tr("Spoken from the next start on."));
    m_languages = new QButtonGroup(this);
    m_choices = new QVBoxLayout;
    m_choices->setSpacing(0);
    m_languageGroup->body().addLayout(m_choices);
    body().addStretch(1);
    connect(m_start, &QAbstractButton::clicked, this, [this](bool isOn) {
        change(*m_startGroup, [isOn](Settings &settings) { settings.startsWithSession = isOn; });
        m_start->setChecked(settings().startsWithSession);
    });
    connect(m_insist, &QPushButton::clicked, this, &GeneralPage::startInsisted);
    connect(m_languages, &QButtonGroup::buttonClicked, this, [this](QAbstractButton *button) {
        change(*m_languageGroup, [code = m_codes.at(button)](Settings &settings) { settings.language = code; });
    });
}

void GeneralPage::fill()
{
    showStart(subject().start);
    showLanguages(subject().languages);
}

void GeneralPage::showStart(const Start &start)
{
    m_start->setChecked(settings().startsWithSession);
    const bool isSwitchedOff = start.standing == Start::Standing::SwitchedOff && settings().startsWithSession;
    QString note;
    if (start.standing == Start::Standing::Foreign)
        note = tr("It starts in any case: %1 says so, and Keytender did not write that.").arg(shortPath(start.file));
    m_startNote->say(note);
    m_startNote->setVisible(!note.isEmpty());
    m_startProblem->say(isSwitchedOff && start.problem.isEmpty()
                            ? tr("The desktop's own settings have switched it off, in %1.").arg(shortPath(start.file))
                            : start.problem);
    m_insist->setVisible(isSwitchedOff);
}

void GeneralPage::showLanguages(const QStringList &languages)
{
    const QStringList wanted = QStringList{QString()} + languages;
    if (wanted != m_shownLanguages) {
        m_shownLanguages = wanted;
        m_codes.clear();
        clear(*m_choices);
        for (const QString &code : wanted)
            addLanguage(code);
    }
    for (const auto &[button, code] : m_codes)
        button->setChecked(code == settings().language);
}

void GeneralPage::addLanguage(const QString &code)
{
    auto *choice = code.isEmpty() ? new Choice(Choice::Kind::Radio, tr("As the desktop"),
                                               languageName(QLocale::system().name().section(u'_', 0, 0)))
                                  : new Choice(Choice::Kind::Radio, languageName(code), {});
    m_languages->addButton(choice);
    m_codes[choice] = code;
    m_choices->addWidget(choice);
}

QString GeneralPage::summary() const
{
    const QString start = settings().startsWithSession ? tr("Starts with the session") : tr("Started by hand");
    const QString language =
        settings().language.isEmpty() ? tr("the desktop's language") : languageName(settings().language);
    return QStringLiteral("%1 · %2").arg(start, language);
}

QString languageName(const QString &code)
{
    const QLocale locale(code);
    if (locale.language() == QLocale::C || locale.language() == QLocale::English) // "American English"
        return QStringLiteral("English");
    const QString name = locale.nativeLanguageName();
    return name.left(1).toUpper() + name.mid(1);
}

} // namespace keytender::ui

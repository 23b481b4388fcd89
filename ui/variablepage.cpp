// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/variablepage.h"

#include <QBoxLayout>
#include <QDir>
#include <QRegularExpression>

#include "ui/field.h"
#include "ui/linesfield.h"
#include "ui/problemline.h"
#include "ui/rowtext.h"

namespace keytender::ui {

using service::Link;
using service::LinkWay;

namespace {

// As people write it, "~" included.
QString absolute(QString path)
{
    path = path.trimmed();
    if (path == QStringLiteral("~") || path.startsWith(QStringLiteral("~/")))
        path.replace(0, 1, QDir::homePath());
    return path;
}

bool isVariable(const QString &name)
{
    static const QRegularExpression form(QStringLiteral("\\A[A-Za-z_][A-Za-z0-9_]*\\z"));
    return form.match(name).hasMatch();
}

} // namespace

VariablePage::VariablePage(QWidget *parent) : Page({}, parent)
{
    addText(
        tr("Keytender writes the access token there each time it is renewed, and leaves every other line as it is."),
        TextRole::Plain);
    m_file = new Field;
    m_file->setPlaceholderText(QStringLiteral("~/gateway/.env"));
    auto *choose = new Button(tr("Choose…"), Button::Rank::Plain);
    choose->setAccessibleDescription(tr("File"));
    addGap(3);
    TextLabel *name = addText(tr("File"), TextRole::Muted);
    name->setBuddy(m_file);
    m_file->setAccessibleName(tr("File"));
    addGap(1);
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * unit());
    row->addWidget(m_file, 1);
    row->addWidget(choose);
    body().addLayout(row);
    m_variable = new Field;
    m_variable->setPlaceholderText(QStringLiteral("ANTHROPIC_OAUTH_TOKEN"));
    addField(tr("Variable"), *m_variable);
    m_command = new LinesField;
    m_command->setPlaceholderText(QStringLiteral("docker\nrestart\ngateway"));
    addField(tr("Command to run after a change: one argument on each line, no shell"), *m_command);
    addGap(1);
    addText(tr("It is told on its standard input what has changed, in JSON and without what renews the login."),
            TextRole::Muted);
    m_problem = new ProblemLine;
    body().addWidget(m_problem);
    body().addStretch(1);
    connect(addButton(tr("Back"), Button::Rank::Plain), &QPushButton::clicked, this, &VariablePage::left);
    connect(addButton(tr("Save"), Button::Rank::Primary), &QPushButton::clicked, this,
            [this] { Q_EMIT confirmed(link()); });
    connect(choose, &QPushButton::clicked, this, &VariablePage::fileRequested);
    connect(m_file, &QLineEdit::textChanged, this, &VariablePage::follow);
    connect(m_variable, &QLineEdit::textChanged, this, &VariablePage::follow);
}

void VariablePage::show(const Link &link)
{
    m_link = link;
    setTitle(link.file.isEmpty() ? tr("A variable in a file") : link.label);
    m_file->setText(shortPath(link.file));
    m_variable->setText(link.variable);
    m_command->setLines(link.command);
    m_problem->say({});
    follow();
}

Link VariablePage::link() const
{
    Link made = m_link;
    made.file = absolute(m_file->text());
    made.variable = m_variable->text().trimmed();
    made.command = m_command->lines();
    made.way = LinkWay::OneWay;
    made.offered = {LinkWay::OneWay};
    return made;
}

void VariablePage::setFile(const QString &path)
{
    m_file->setText(shortPath(path));
}

void VariablePage::setProblem(const QString &text)
{
    m_problem->say(text);
    if (!text.isEmpty())
        reveal(*m_problem);
}

void VariablePage::follow()
{
    const Link made = link();
    primary()->setEnabled(QDir::isAbsolutePath(made.file) && isVariable(made.variable));
}

QWidget *VariablePage::firstFocus()
{
    return m_file;
}

} // namespace keytender::ui

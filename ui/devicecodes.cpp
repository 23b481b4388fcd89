// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/devicecodes.h"

#include <chrono>

#include <QBoxLayout>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPainter>
#include <QUrl>

#include "profile/words.h"
#include "ui/button.h"
#include "ui/drawing.h"
#include "ui/labels.h"
#include "ui/linklabel.h"
#include "ui/qrcode.h"

namespace keytender::ui {

namespace {

// A code to be read off the screen and typed elsewhere: large, and no two characters alike.
QFont codeFont(const QFont &plain)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (plain.pointSizeF() > 0)
        font.setPointSizeF(plain.pointSizeF() * 1.8);
    else
        font.setPixelSize(qRound(plain.pixelSize() * 1.8));
    font.setWeight(QFont::DemiBold);
    font.setLetterSpacing(QFont::PercentageSpacing, 106);
    return font;
}

QString textOf(const base::Secret &secret)
{
    const std::string_view bytes = secret.expose();
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

} // namespace

DeviceCodes::DeviceCodes(const base::Clock &clock, QWidget *parent) : QWidget(parent), m_clock(clock)
{
    const int unit = Measures(font()).unit;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(new TextLabel(tr("Open this address, on this machine or on any other:"), TextRole::Plain));
    layout->addSpacing(unit);
    m_address = new LinkLabel;
    layout->addWidget(m_address);
    layout->addSpacing(3 * unit);
    layout->addWidget(new TextLabel(tr("Enter this code there:"), TextRole::Plain));
    layout->addSpacing(2 * unit);
    layout->addWidget(makeCode());
    layout->addSpacing(2 * unit);
    m_left = new TextLabel({}, TextRole::Muted);
    layout->addWidget(m_left);
    layout->addSpacing(4 * unit);
    auto *scan = new QHBoxLayout;
    scan->setSpacing(2 * unit);
    m_picture = new QrCode;
    m_scan = new TextLabel(tr("Or point the camera of a phone here: it opens the page with the code filled in."),
                           TextRole::Muted);
    scan->addWidget(m_picture);
    scan->addWidget(m_scan, 1);
    layout->addLayout(scan);
    m_countdown.setInterval(std::chrono::seconds(1));
    connect(&m_countdown, &QTimer::timeout, this, &DeviceCodes::sayEnd);
    connect(m_address, &LinkLabel::opened, this, &DeviceCodes::openRequested);
}

QWidget *DeviceCodes::makeCode()
{
    const int unit = Measures(font()).unit;
    m_box = new QWidget;
    auto *layout = new QHBoxLayout(m_box);
    layout->setContentsMargins(3 * unit, 2 * unit, 3 * unit, 2 * unit);
    m_code = new QLabel;
    m_code->setTextFormat(Qt::PlainText);
    m_code->setFont(codeFont(font()));
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy = new Button(tr("Copy"), Button::Rank::Plain);
    m_copy->setAccessibleName(tr("Copy the code"));
    connect(m_copy, &QPushButton::clicked, this, &DeviceCodes::copy);
    layout->addWidget(m_code, 1);
    layout->addWidget(m_copy, 0, Qt::AlignVCenter);
    return m_box;
}

void DeviceCodes::show(const base::Secret &userCode, const QUrl &verificationUri, const base::Secret &completeUri)
{
    m_userCode = userCode.clone();
    // The one place where a code becomes text that others can read: it is made to be read, and ends in minutes.
    m_code->setText(textOf(userCode));
    m_code->setAccessibleName(tr("The code: %1").arg(textOf(userCode)));
    m_address->setTarget(verificationUri);
    m_picture->encode(completeUri);
    m_picture->setVisible(!m_picture->isEmpty());
    m_scan->setVisible(!m_picture->isEmpty());
}

void DeviceCodes::setEnd(std::optional<base::Timestamp> end)
{
    m_end = end;
    sayEnd();
}

void DeviceCodes::wipe()
{
    m_userCode = {};
    m_code->clear();
    m_code->setAccessibleName({});
    m_picture->encode({});
}

void DeviceCodes::sayEnd()
{
    if (!m_end)
        m_left->say({});
    else if (const base::Timestamp now = m_clock.wallTime(); *m_end > now)
        m_left->say(
            tr("Good for another %1").arg(profile::duration(std::chrono::ceil<std::chrono::seconds>(*m_end - now))));
    else
        m_left->say(tr("It is no longer good"));
}

void DeviceCodes::copy()
{
    QGuiApplication::clipboard()->setText(textOf(m_userCode));
    m_copy->setText(tr("Copied"));
    QTimer::singleShot(std::chrono::seconds(2), m_copy, [this] { m_copy->setText(tr("Copy")); });
}

void DeviceCodes::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    sayEnd();
    m_countdown.start();
}

void DeviceCodes::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_countdown.stop();
}

void DeviceCodes::paintEvent(QPaintEvent * /*event*/)
{
    const Measures measures(font());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tonesOf(palette()).box);
    painter.drawRoundedRect(m_box->geometry(), 2 * measures.unit, 2 * measures.unit);
}

} // namespace keytender::ui

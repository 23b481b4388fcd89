// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/qrcode.h"

#include <algorithm>
#include <memory>

#include <qrencode.h>
#include <sodium.h>

#include <QPainter>

#include "ui/drawing.h"

namespace keytender::ui {

namespace {

constexpr int quietZone = 4; // modules on each side

struct FreeCode {
    void operator()(QRcode *code) const
    {
        sodium_memzero(code->data, std::size_t(code->width) * std::size_t(code->width));
        QRcode_free(code);
    }
};

} // namespace

QrCode::QrCode(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("QR code of the address"));
}

QrCode::~QrCode()
{
    wipe();
}

void QrCode::wipe()
{
    sodium_memzero(m_isBlack.data(), m_isBlack.size());
    m_isBlack.clear();
    m_edge = 0;
}

void QrCode::encode(const base::Secret &text)
{
    wipe();
    const auto *bytes = reinterpret_cast<const unsigned char *>(text.expose().data());
    const std::unique_ptr<QRcode, FreeCode> code(
        text.isEmpty() ? nullptr : QRcode_encodeData(int(text.size()), bytes, 0, QR_ECLEVEL_M));
    if (code != nullptr) {
        m_edge = code->width;
        m_isBlack.resize(std::size_t(m_edge) * std::size_t(m_edge));
        std::transform(code->data, code->data + m_isBlack.size(), m_isBlack.begin(),
                       [](unsigned char module) { return char(module & 1); });
    }
    updateGeometry();
    update();
}

int QrCode::moduleSize() const
{
    return std::max(3, Measures(font()).unit - 1);
}

QSize QrCode::sizeHint() const
{
    const int edge = m_edge == 0 ? 0 : (m_edge + 2 * quietZone) * moduleSize();
    return {edge, edge};
}

void QrCode::paintEvent(QPaintEvent * /*event*/)
{
    if (m_edge == 0)
        return;
    QPainter painter(this);
    painter.fillRect(rect(), Qt::white);
    const int module = moduleSize();
    for (int y = 0; y < m_edge; ++y) {
        for (int x = 0; x < m_edge; ++x) {
            if (m_isBlack[std::size_t(y) * std::size_t(m_edge) + std::size_t(x)] != 0)
                painter.fillRect((x + quietZone) * module, (y + quietZone) * module, module, module, Qt::black);
        }
    }
}

} // namespace keytender::ui

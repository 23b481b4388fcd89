// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/tones.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace keytender::ui {

namespace {

// WCAG's minimum for text.
constexpr double legible = 4.5;

double luminance(const QColor &colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

QColor blend(const QColor &from, const QColor &to, double share)
{
    const auto mix = [share](float a, float b) { return static_cast<float>(a + (b - a) * share); };
    return QColor::fromRgbF(mix(from.redF(), to.redF()), mix(from.greenF(), to.greenF()),
                            mix(from.blueF(), to.blueF()));
}

// Moves a colour towards the text's until it can be read on every ground it may stand on.
QColor readable(const QColor &colour, const QColor &text, std::initializer_list<QColor> grounds)
{
    for (double share = 0; share < 1; share += 0.05) {
        const QColor mixed = blend(colour, text, share);
        if (std::all_of(grounds.begin(), grounds.end(),
                        [&mixed](const QColor &ground) { return contrast(mixed, ground) >= legible; }))
            return mixed;
    }
    return text;
}

} // namespace

QColor Tones::of(profile::Severity severity) const
{
    switch (severity) {
    case profile::Severity::Well:
    case profile::Severity::Busy:
        return well;
    case profile::Severity::Due:
        return due;
    case profile::Severity::ActNow:
        return actNow;
    }
    return text;
}

Tones tonesOf(const QPalette &palette)
{
    const bool dark = isDark(palette);
    const QColor surface = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const QColor box = blend(surface, text, dark ? 0.08 : 0.05);
    const QColor hover = blend(surface, text, 0.04);
    const auto mark = [&](const char *onLight, const char *onDark) {
        return readable(QColor(QLatin1String(dark ? onDark : onLight)), text, {surface, hover, box});
    };
    QColor accent = palette.color(QPalette::Highlight);
    if (contrast(accent, box) < 1.5)
        accent = text;
    // The button's ground gives way to its caption: darker under white, lighter under black.
    const QColor onAccent = dark ? QColor(0x14, 0x16, 0x1a) : QColor(Qt::white);
    accent = readable(accent, dark ? Qt::white : Qt::black, {onAccent});
    return {.surface = surface,
            .text = text,
            .muted = readable(blend(surface, text, 0.6), text, {surface, hover, box}),
            .line = blend(surface, text, dark ? 0.16 : 0.12),
            .box = box,
            .hover = hover,
            .accent = accent,
            .onAccent = onAccent,
            .well = mark("#4d7360", "#93b8a5"),
            .due = mark("#8f5d00", "#e5b454"),
            .actNow = mark("#b3261e", "#f58a80")};
}

Tones activeTones(QPalette palette)
{
    palette.setCurrentColorGroup(QPalette::Active);
    return tonesOf(palette);
}

double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Base)) < luminance(palette.color(QPalette::Text));
}

} // namespace keytender::ui

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/rowdelegate.h"

#include <QPainter>
#include <QStyle>

#include "ui/clocks.h"
#include "ui/icons.h"

namespace keytender::ui {

namespace {

// One painting of one row.
class RowPainter {
public:
    RowPainter(QPainter &painter, const QStyleOptionViewItem &option)
        : m_painter(painter), m_option(option), m_measures(option.font), m_tones(tonesOf(option.palette))
    {
    }

    void paintGround(const RowGeometry &places, const RowContent &content, bool isUnderPointer)
    {
        if (isUnderPointer)
            m_painter.fillRect(places.card, m_tones.hover);
        if (!content.heading.isEmpty())
            text(places.heading, content.heading, m_measures.small, m_tones.muted);
        else if (!content.isFirst)
            m_painter.fillRect(
                places.card.adjusted(m_measures.margin(), 0, -m_measures.margin(), 1 - places.card.height()),
                m_tones.line);
        const auto shown = QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange;
        if ((m_option.state & shown) == shown)
            paintFocus(places.card);
    }

    void paintLines(const RowGeometry &places, const RowText &words, const profile::Condition &condition)
    {
        using profile::Severity;
        const bool clashes = condition.hasClash && condition.severity < Severity::Due;
        const Severity severity = clashes ? Severity::Due : condition.severity;
        const QColor tone = m_tones.of(severity);
        const bool isSignIn = condition.reason == profile::Reason::SignInEndsSoon;
        const bool isCalm = severity == Severity::Well || severity == Severity::Busy || isSignIn;
        const double ratio = m_painter.device()->devicePixelRatioF();
        m_painter.drawPixmap(places.glyph.topLeft(), glyphPixmap(glyphOf(condition), tone, m_measures.glyph, ratio));
        elided(places.who, words.who, m_measures.bold, m_tones.text);
        elided(places.account, words.account, m_measures.plain, m_tones.muted);
        const bool ownLine = places.headline.top() > places.who.bottom();
        wrapped(places.headline, words.headline, m_measures.plain, isCalm ? m_tones.text : tone,
                ownLine ? Qt::AlignLeft : Qt::AlignRight);
        if (!places.bar.isNull())
            paintLifeBar(m_painter, places.bar, m_tones,
                         {.elapsed = condition.elapsed.value_or(0),
                          .renewalShare = condition.renewalShare,
                          .colour = lifeColour(condition, m_tones),
                          .isMirrored = isMirrored()});
        elided(places.copies, words.copies, m_measures.small, m_tones.muted, Qt::ElideMiddle);
        const bool clockOwnLine = places.secondClock.top() > places.copies.bottom();
        wrapped(places.secondClock, words.secondClock, m_measures.small, isSignIn ? tone : m_tones.muted,
                clockOwnLine ? Qt::AlignLeft : Qt::AlignRight);
    }

    void paintBox(const RowGeometry &places, const QString &sentence)
    {
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_tones.box);
        m_painter.drawRoundedRect(places.box, 2 * m_measures.unit, 2 * m_measures.unit);
        wrapped(places.sentence, sentence, m_measures.plain, m_tones.text, Qt::AlignLeft);
    }

    void button(const QRect &rect, const QString &caption, ButtonLook look)
    {
        paintButton(m_painter, rect, caption, m_measures, m_tones, look);
    }

private:
    [[nodiscard]] bool isMirrored() const { return m_option.direction == Qt::RightToLeft; }

    void paintFocus(const QRect &card)
    {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(m_tones.accent, 2));
        m_painter.setBrush(Qt::NoBrush);
        const int inset = 2 * m_measures.unit;
        m_painter.drawRoundedRect(card.adjusted(inset, m_measures.unit, -inset, -m_measures.unit), inset, inset);
        m_painter.restore();
    }

    void prepare(const QString &words, const QFont &font, const QColor &colour)
    {
        m_painter.setFont(font);
        m_painter.setPen(colour);
        // By its own letters: a path reads from left to right in every language.
        m_painter.setLayoutDirection(words.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    }

    void text(const QRect &rect, const QString &words, const QFont &font, const QColor &colour)
    {
        prepare(words, font, colour);
        const auto alignment = QStyle::visualAlignment(m_option.direction, Qt::AlignLeft | Qt::AlignVCenter);
        m_painter.drawText(rect, static_cast<int>(alignment | Qt::AlignAbsolute) | Qt::TextSingleLine, words);
    }

    void elided(const QRect &rect, const QString &words, const QFont &font, const QColor &colour,
                Qt::TextElideMode mode = Qt::ElideRight)
    {
        const QFontMetrics metrics(font);
        if (rect.width() < metrics.horizontalAdvance(u'…'))
            return;
        text(rect, metrics.elidedText(words, mode, rect.width()), font, colour);
    }

    void wrapped(const QRect &rect, const QString &words, const QFont &font, const QColor &colour,
                 Qt::Alignment horizontal)
    {
        prepare(words, font, colour);
        const auto alignment = QStyle::visualAlignment(m_option.direction, horizontal | Qt::AlignVCenter);
        m_painter.drawText(rect, static_cast<int>(alignment | Qt::AlignAbsolute) | Qt::TextWordWrap, words);
    }

    QPainter &m_painter;
    const QStyleOptionViewItem &m_option;
    Measures m_measures;
    Tones m_tones;
};

} // namespace

RowDelegate::RowDelegate(const ProfileModel &model, const base::Clock &clock, QObject *parent)
    : QStyledItemDelegate(parent), m_model(model), m_clock(clock)
{
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const service::Row &row = m_model.at(index.row());
    const RowContent content = contentOf(index);
    const RowGeometry places = geometryOf(content, option);
    painter->save();
    RowPainter rows(*painter, option);
    rows.paintGround(places, content, m_pointer.row == index);
    rows.paintLines(places, content.text, row.condition);
    if (!places.box.isNull())
        rows.paintBox(places, content.text.sentence);
    for (std::size_t i = 0; i < places.buttons.size(); ++i) {
        const Place place{index, content.actions.at(i)};
        const bool isCopied = place.action == RowAction::CopyCommand && m_pointer.copied == index;
        rows.button(places.buttons.at(i), isCopied ? tr("Copied") : title(place.action),
                    {.isPrimary = isCure(place.action),
                     .isUnderPointer = m_pointer.over == place,
                     .isDown = m_pointer.down == place && m_pointer.over == place,
                     .hasFocus = false});
    }
    painter->restore();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int width = option.rect.width();
    return {width, layOut(contentOf(index), Measures(option.font), width).height};
}

std::optional<RowDelegate::Place> RowDelegate::buttonAt(const QStyleOptionViewItem &option, const QModelIndex &index,
                                                        QPoint position) const
{
    const RowContent content = contentOf(index);
    const RowGeometry places = geometryOf(content, option);
    for (std::size_t i = 0; i < places.buttons.size(); ++i) {
        if (places.buttons.at(i).contains(position))
            return Place{index, content.actions.at(i)};
    }
    return {};
}

RowContent RowDelegate::contentOf(const QModelIndex &index) const
{
    const service::Row &row = m_model.at(index.row());
    const Section section = sectionOf(row);
    const bool opens = index.row() == 0 || sectionOf(m_model.at(index.row() - 1)) != section;
    RowContent content{.text = rowTextOf(row, m_clock.wallTime()),
                       .heading = opens ? title(section) : QString(),
                       .isFirst = index.row() == 0,
                       .hasBar = row.condition.elapsed.has_value(),
                       .actions = {}};
    if (!content.text.sentence.isEmpty())
        content.actions = actionsOf(row);
    return content;
}

RowGeometry RowDelegate::geometryOf(const RowContent &content, const QStyleOptionViewItem &option) const
{
    RowGeometry places = layOut(content, Measures(option.font), option.rect.width());
    const auto put = [&option](QRect &rect) {
        if (!rect.isNull())
            rect = QStyle::visualRect(option.direction, option.rect, rect.translated(option.rect.topLeft()));
    };
    for (QRect *rect : {&places.heading, &places.card, &places.glyph, &places.who, &places.account, &places.headline,
                        &places.bar, &places.copies, &places.secondClock, &places.box, &places.sentence})
        put(*rect);
    for (QRect &rect : places.buttons)
        put(rect);
    return places;
}

} // namespace keytender::ui

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/rowgeometry.h"

#include <algorithm>

#include <QCoreApplication>
#include <QKeyEvent>

namespace keytender::ui {

namespace {

// Places the parts one below the other.
class Layout {
public:
    Layout(const RowContent &content, const Measures &measures, int width)
        : m_content(content), m_measures(measures), m_unit(measures.unit), m_left(measures.margin()),
          m_width(width - 2 * measures.margin())
    {
    }

    RowGeometry run(int fullWidth)
    {
        placeHeading();
        const int top = m_y;
        m_y += (m_content.heading.isEmpty() ? 3 : 2) * m_unit;
        placeFirstLine();
        placeBar();
        placeLastLine();
        if (!m_content.text.sentence.isEmpty())
            placeBox();
        m_y += 3 * m_unit;
        m_result.card = QRect(0, top, fullWidth, m_y - top);
        m_result.height = m_y;
        return m_result;
    }

private:
    void placeHeading()
    {
        if (m_content.heading.isEmpty())
            return;
        m_y += (m_content.isFirst ? 3 : 5) * m_unit;
        m_result.heading = line(m_measures.smallMetrics().height());
    }

    void placeFirstLine()
    {
        const int height = std::max(m_measures.boldMetrics().height(), m_measures.glyph);
        const QRect whole = line(height);
        m_result.glyph =
            QRect(m_left, whole.top() + (height - m_measures.glyph) / 2, m_measures.glyph, m_measures.glyph);
        const int textLeft = m_left + m_measures.glyph + 2 * m_unit;
        const int room = m_left + m_width - textLeft;
        const int who = m_measures.boldMetrics().horizontalAdvance(m_content.text.who) + 1;
        const int headline = steadyWidth(m_measures.plainMetrics(), m_content.text.headline) + 1;
        const bool fits = who + 4 * m_unit + headline <= room;
        const int roomForNames = fits ? room - headline - 4 * m_unit : room;
        m_result.who = QRect(textLeft, whole.top(), std::min(who, roomForNames), height);
        const int accountLeft = m_result.who.right() + 1 + 2 * m_unit;
        m_result.account = QRect(accountLeft, whole.top(), std::max(0, textLeft + roomForNames - accountLeft), height);
        if (fits) {
            m_result.headline = QRect(m_left + m_width - headline, whole.top(), headline, height);
            return;
        }
        m_y += m_unit / 2;
        m_result.headline = line(wrappedHeight(m_content.text.headline, m_measures.plain, room));
        m_result.headline.setLeft(textLeft);
    }

    void placeBar()
    {
        if (!m_content.hasBar)
            return;
        m_y += 2 * m_unit;
        m_result.bar = line(m_unit);
        m_y += m_unit / 2;
    }

    void placeLastLine()
    {
        m_y += m_unit;
        const QFontMetrics metrics = m_measures.smallMetrics();
        const int clock =
            m_content.text.secondClock.isEmpty() ? 0 : steadyWidth(metrics, m_content.text.secondClock) + 1;
        m_result.copies = line(metrics.height());
        if (clock == 0)
            return;
        if (clock <= m_width * 3 / 5) {
            m_result.secondClock = m_result.copies;
            m_result.secondClock.setLeft(m_left + m_width - clock);
            m_result.copies.setRight(m_result.secondClock.left() - 4 * m_unit);
            return;
        }
        m_y += m_unit / 2;
        m_result.secondClock = line(wrappedHeight(m_content.text.secondClock, m_measures.small, m_width));
    }

    void placeBox()
    {
        m_y += 2 * m_unit;
        const int pad = 3 * m_unit;
        const int inner = m_width - 2 * pad;
        std::vector<QSize> sizes;
        int buttons = 0;
        for (const RowAction action : m_content.actions) {
            sizes.push_back(m_measures.buttonSize(title(action)));
            buttons += sizes.back().width() + 2 * m_unit;
        }
        const int buttonHeight = sizes.empty() ? 0 : sizes.front().height();
        const bool beside = buttons + m_unit <= inner * 2 / 5;
        const int textWidth = beside ? inner - buttons - m_unit : inner;
        const int textHeight = wrappedHeight(m_content.text.sentence, m_measures.plain, textWidth);
        const int top = m_y;
        m_result.sentence = QRect(m_left + pad, top + pad, textWidth, textHeight);
        int height = textHeight;
        int buttonTop = top + pad;
        if (beside) {
            height = std::max(textHeight, buttonHeight);
            m_result.sentence.moveTop(top + pad + (height - textHeight) / 2);
            buttonTop += (height - buttonHeight) / 2;
        } else if (!sizes.empty()) {
            buttonTop += textHeight + 2 * m_unit;
            height += 2 * m_unit + buttonHeight;
        }
        m_y = top + pad + height + pad;
        m_result.box = QRect(m_left, top, m_width, m_y - top);
        placeButtons(sizes, m_left + m_width - pad, buttonTop);
    }

    void placeButtons(const std::vector<QSize> &sizes, int right, int top)
    {
        m_result.buttons.resize(sizes.size());
        for (std::size_t i = sizes.size(); i-- > 0;) {
            m_result.buttons.at(i) = QRect(QPoint(right - sizes.at(i).width(), top), sizes.at(i));
            right = m_result.buttons.at(i).left() - 2 * m_unit;
        }
    }

    QRect line(int height)
    {
        const QRect rect(m_left, m_y, m_width, height);
        m_y += height;
        return rect;
    }

    static int wrappedHeight(const QString &text, const QFont &font, int width)
    {
        return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10'000), Qt::TextWordWrap, text).height();
    }

    const RowContent &m_content;
    const Measures &m_measures;
    const int m_unit;
    const int m_left;
    const int m_width;
    int m_y = 0;
    RowGeometry m_result;
};

} // namespace

std::vector<RowAction> actionsOf(const service::Row &row)
{
    std::vector<RowAction> actions = {RowAction::Why};
    if (row.condition.reason == profile::Reason::KeychainLocked)
        actions.push_back(RowAction::Unlock);
    else if (row.actions.rescue)
        actions.push_back(RowAction::Rescue);
    else if (row.actions.signIn && wantsSignIn(row))
        actions.push_back(RowAction::SignIn);
    else if (offersRenewal(row) && wantsRetry(row))
        actions.push_back(RowAction::Renew);
    else if (offersSignInCommand(row))
        actions.push_back(RowAction::CopyCommand);
    return actions;
}

bool isCure(RowAction action)
{
    return action == RowAction::SignIn || action == RowAction::CopyCommand || action == RowAction::Unlock
           || action == RowAction::Rescue;
}

QString title(RowAction action)
{
    switch (action) {
    case RowAction::Details:
        return QCoreApplication::translate("RowAction", "Show details and activity");
    case RowAction::Why:
        return QCoreApplication::translate("RowAction", "Why?");
    case RowAction::CopyCommand:
        return QCoreApplication::translate("RowAction", "Copy command");
    case RowAction::Unlock:
        return QCoreApplication::translate("RowAction", "Unlock…");
    case RowAction::SignIn:
        return QCoreApplication::translate("RowAction", "Sign in again");
    case RowAction::Renew:
        return QCoreApplication::translate("RowAction", "Try now");
    case RowAction::KeepFresh:
        return QCoreApplication::translate("RowAction", "Keep fresh…");
    case RowAction::Rescue:
        return QCoreApplication::translate("RowAction", "Rescue…");
    case RowAction::SignOut:
        break; // never stands there
    }
    return {};
}

std::optional<RowAction> actionFor(const QKeyEvent &key, const service::Row &row)
{
    const bool isRenewal = key.keyCombination() == renewKey || key.matches(QKeySequence::Refresh);
    if (isRenewal && offersRenewal(row))
        return RowAction::Renew;
    if (key.keyCombination() == keepFreshKey && row.actions.keepFresh)
        return RowAction::KeepFresh;
    if (key.matches(QKeySequence::Delete) && row.actions.signOut)
        return RowAction::SignOut;
    if (key.matches(QKeySequence::Copy) && !row.signInCommand.isEmpty())
        return RowAction::CopyCommand;
    return std::nullopt;
}

RowGeometry layOut(const RowContent &content, const Measures &measures, int width)
{
    return Layout(content, measures, width).run(width);
}

} // namespace keytender::ui

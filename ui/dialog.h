// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDialog>

class QStackedWidget;

namespace keytender::ui {

class Page;

// An ordinary window beside the panel, as wide as it: one page at a time, as high as that page asks for. Escape
// rejects, Enter presses the page's primary button. It never blocks the program.
class Dialog : public QDialog {
    Q_OBJECT

public:
    explicit Dialog(QWidget *parent = nullptr);

    // Shows and raises it, wherever it is.
    void present();
    [[nodiscard]] Page *page() const;

protected:
    // The same without taking the focus from whoever has it.
    void comeUp();
    void addPage(Page &page);
    void showPage(Page &page);

    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void fit();
    void grow();
    [[nodiscard]] int wantedHeight() const;

    QStackedWidget *m_pages = nullptr;
};

} // namespace keytender::ui

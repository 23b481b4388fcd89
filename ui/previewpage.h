// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "service/neighbours/neighbourfacts.h"
#include "ui/page.h"

namespace keytender::ui {

// What the first write would do to the tools' files: when, under which locks, and line by line.
class PreviewPage final : public Page {
    Q_OBJECT

public:
    enum class Way { Back, Close };
    explicit PreviewPage(QWidget *parent = nullptr);

    void show(const QString &label, const service::WritePreview &preview, Way way);

Q_SIGNALS:
    void left();

private:
    void addFile(const service::WritePreview::File &file);
    void addLocks(const QStringList &locks);

    TextLabel *m_summary = nullptr;
    QVBoxLayout *m_list = nullptr;
};

} // namespace keytender::ui

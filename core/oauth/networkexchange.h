// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include "oauth/answerbody.h"
#include "oauth/delivery.h"
#include "oauth/oneshotbody.h"

namespace keytender::oauth {

// One request on its way, and its answer. Deletes itself once it has handed over what became of it, or when the context
// goes.
class NetworkExchange final : public QObject {
    Q_OBJECT

public:
    NetworkExchange(QObject *context, std::function<void(Delivery)> done, QObject *parent);
    ~NetworkExchange() override;

    // A POST of `body`, or a GET where there is none.
    void start(const QNetworkRequest &request, std::optional<base::Secret> body, base::Milliseconds deadline);
    void refuse(base::Error error);

private:
    void readSome();
    void giveUp(const QString &why);
    void finish();
    [[nodiscard]] Delivery outcome();
    [[nodiscard]] bool isWholeAnswer() const;
    [[nodiscard]] bool mayHaveArrived() const;
    [[nodiscard]] QString reason() const;
    void handOver(Delivery delivery);

    QPointer<QObject> m_context;
    std::function<void(Delivery)> m_done;
    QNetworkAccessManager m_network;
    std::unique_ptr<OneShotBody> m_body; // goes after the reply that reads it
    std::unique_ptr<QNetworkReply> m_reply;
    AnswerBody m_answer;
    QTimer m_deadline;
    QElapsedTimer m_elapsed;
    QString m_gaveUp; // why we ended it
    QString m_tlsFault;
};

} // namespace keytender::oauth

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `changelatency FIRST CHANGES`: Keytender's service with its panel on the screen, in HOME. A thread replaces one
// login's file that many times; for each change one line says after how many microseconds the vault's file was in place
// and after how many the panel had painted the row: "durable painted".

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <QApplication>
#include <QEvent>
#include <QSemaphore>

#include "composition/desktopservice.h"
#include "filechange.h"
#include "ui/panel.h"
#include "ui/profilemodel.h"

using namespace keytender;
using namespace std::chrono_literals;

namespace {

// Notes when a row that had changed was painted: the first paint in the panel after the model got it.
class PaintWatch final : public QObject {
public:
    explicit PaintWatch(QObject *parent) : QObject(parent) {}

    void rowChanged()
    {
        m_listedAt = std::chrono::steady_clock::now().time_since_epoch();
        m_isChanged = true;
    }
    bool next(std::chrono::milliseconds deadline)
    {
        return m_painted.tryAcquire(1, static_cast<int>(deadline.count()));
    }
    void forget() { m_painted.tryAcquire(m_painted.available()); }
    bench::Instant listedAt() const { return bench::Instant(m_listedAt.load()); }
    bench::Instant paintedAt() const { return bench::Instant(m_paintedAt.load()); }

    bool eventFilter(QObject *, QEvent *event) override
    {
        // Posted behind the paint event, so that the painting itself is counted.
        if (event->type() == QEvent::Paint && m_isChanged) {
            m_isChanged = false;
            QMetaObject::invokeMethod(
                this, [this] { note(); }, Qt::QueuedConnection);
        }
        return false;
    }

private:
    void note()
    {
        m_paintedAt = std::chrono::steady_clock::now().time_since_epoch();
        m_painted.release();
    }

    bool m_isChanged = false; // in the thread of the panel only
    std::atomic<bench::Instant::duration> m_listedAt{};
    std::atomic<bench::Instant::duration> m_paintedAt{};
    QSemaphore m_painted;
};

struct Changes {
    std::string file;
    std::string vault;
    long first = 1; // a later change bears a later expiry
    long count = 0;
};

// Runs beside the event loop.
int measure(const Changes &changes, PaintWatch &paint)
{
    bench::ArrivalWatch vault(changes.vault);
    int missed = 0;
    vault.settle(300ms);
    for (long change = changes.first; change < changes.first + changes.count; ++change) {
        paint.forget();
        const bench::Instant before =
            bench::replaceFile(changes.file, bench::ssoCacheFile(bench::changingLogin, change));
        const auto durable = vault.next(5s);
        if (durable && paint.next(5s))
            std::printf("%lld %lld %lld\n", static_cast<long long>((*durable - before) / 1us),
                        static_cast<long long>((paint.listedAt() - before) / 1us),
                        static_cast<long long>((paint.paintedAt() - before) / 1us));
        else
            ++missed;
        vault.settle(50ms);
    }
    return missed;
}

} // namespace

int main(int argc, char *argv[])
{
    const auto knownSecrets = composition::prepareProcess("changelatency");
    if (argc != 3 || !knownSecrets)
        return 2;
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("keytender"));
    const base::SystemClock clock;
    composition::DesktopService desktop({.clock = clock, .knownSecrets = knownSecrets});
    service::Service &service = desktop.service;
    const QString vault = service::Places::in(desktop.environment).vault;
    ui::ProfileModel model(clock);
    ui::Panel panel(model, clock);
    PaintWatch paint(&panel);
    QObject::connect(&service, &service::Service::rowChanged, &model, [&](const QString &id) {
        model.setRow(service.rows().at(id));
        paint.rowChanged();
    });
    application.installEventFilter(&paint);
    std::thread changer;
    QObject::connect(&service, &service::Service::settled, &panel, [&] {
        panel.present();
        changer = std::thread([&] {
            const Changes changes{.file = desktop.environment.home.toStdString() + "/.aws/sso/cache/"
                                          + bench::ssoCacheName(bench::changingLogin),
                                  .vault = vault.toStdString(),
                                  .first = std::strtol(argv[1], nullptr, 10),
                                  .count = std::strtol(argv[2], nullptr, 10)};
            const int missed = measure(changes, paint);
            QMetaObject::invokeMethod(&application, [missed] { QApplication::exit(missed > 0 ? 1 : 0); });
        });
    });
    service.start();
    const int result = QApplication::exec();
    changer.join();
    return result;
}

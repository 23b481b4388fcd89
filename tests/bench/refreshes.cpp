// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `refreshes DIRECTORY PORT`: refreshes of one login of our own, of a vault in DIRECTORY and by the token server at
// PORT, one for each line on the standard input. The first line that it prints names the bytes that each makes durable:
// of the intent, the answer, the vault's record and the end. Then one line for each: the microseconds from the decision
// to finished(), and of those the ones until all is locked and read, the intent is durable, the answer is, the record
// is, and the end.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSocketNotifier>

#include "ownlogins.h"
#include "refresh/refreshattempt.h"
#include "vault/framing.h"

using namespace keytender;
using refresh::Ending;
using refresh::Outcome;
using refresh::Step;

namespace {

const QString login = QStringLiteral("own");

class Refreshes final : public QObject {
public:
    Refreshes(const QString &directory, int port)
        : m_directory(directory), m_logins(directory), m_provider(bench::loopbackProvider(QStringLiteral("some"), port))
    {
        m_logins.add(login, m_provider.id);
        const auto record = m_logins.vault().read(login);
        m_token = profile::factsOf(record.value().credential, m_logins.vault().fingerprintKey()).refreshToken;
        // The event loop goes on between two refreshes, as in life: what one leaves to be taken down is gone by the
        // next.
        auto *input = new QSocketNotifier(fileno(stdin), QSocketNotifier::Read, this);
        connect(input, &QSocketNotifier::activated, this, &Refreshes::wait);
    }

    void next()
    {
        refresh::RefreshRequest request;
        request.profileIds = QStringList{login};
        request.refreshToken = m_token;
        request.provider = m_provider;
        m_marks = {std::chrono::steady_clock::now()};
        m_attempt = std::make_unique<refresh::RefreshAttempt>(std::move(request), m_logins.world());
        connect(m_attempt.get(), &refresh::RefreshAttempt::finished, this, &Refreshes::note);
        connect(m_attempt.get(), &refresh::RefreshAttempt::stepTaken, this, &Refreshes::mark);
        m_attempt->start();
    }

private:
    void mark(Step step)
    {
        if (step == Step::Reread || step == Step::Intent || step == Step::Received || step == Step::Stored)
            m_marks.push_back(std::chrono::steady_clock::now());
        if (step == Step::Intent && m_isWarmUp)
            m_intentSize = slotLength(1); // of a new journal: what it was made with is in the first slot
    }

    void note(const Outcome &outcome)
    {
        m_marks.push_back(std::chrono::steady_clock::now());
        if (outcome.ending != Ending::Renewed) {
            std::fprintf(stderr, "ended %d: %s\n", int(outcome.ending),
                         outcome.error ? qPrintable(outcome.error->detail) : "");
            return QCoreApplication::exit(1);
        }
        m_token = outcome.held.refreshToken;
        if (m_isWarmUp)
            std::printf("%lld %lld %lld %lld\n", m_intentSize, slotLength(0), recordSize(), slotLength(1));
        else
            printTimes();
        m_isWarmUp = false; // it made the journal
        std::fflush(stdout);
    }

    void wait()
    {
        for (int letter = std::getchar(); letter != '\n'; letter = std::getchar()) {
            if (letter == EOF)
                return QCoreApplication::exit(0);
        }
        next();
    }

    void printTimes() const
    {
        const auto between = [](auto from, auto to) {
            return static_cast<long long>((to - from) / std::chrono::microseconds(1));
        };
        std::printf("%lld", between(m_marks.front(), m_marks.back()));
        for (std::size_t at = 1; at < m_marks.size(); ++at)
            std::printf(" %lld", between(m_marks[at - 1], m_marks[at]));
        std::printf("\n");
    }

    // Of what is sealed in it, with its length.
    [[nodiscard]] long long slotLength(int number) const
    {
        const QDir journal(m_directory + QStringLiteral("/journal"));
        QFile file(journal.filePath(journal.entryList({QStringLiteral("*.journal")}, QDir::Files).value(0)));
        if (!file.open(QIODevice::ReadOnly) || !file.seek(number * file.size() / 2))
            std::abort();
        const QByteArray length = file.read(8);
        return 8 + static_cast<long long>(vault::FrameReader({length.constData(), 8}).number());
    }

    [[nodiscard]] long long recordSize() const
    {
        return QDir(m_directory).entryInfoList({QStringLiteral("*.sealed")}, QDir::Files).value(0).size();
    }

    const QString m_directory;
    bench::OwnLogins m_logins;
    const provider::Provider m_provider;
    base::Fingerprint m_token;
    std::unique_ptr<refresh::RefreshAttempt> m_attempt;
    std::vector<std::chrono::steady_clock::time_point> m_marks;
    long long m_intentSize = 0;
    bool m_isWarmUp = true;
};

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 3)
        return 2;
    QCoreApplication application(argc, argv);
    qRegisterMetaType<Outcome>();
    Refreshes refreshes(QString::fromLocal8Bit(argv[1]), std::atoi(argv[2]));
    QMetaObject::invokeMethod(
        &refreshes, [&refreshes] { refreshes.next(); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

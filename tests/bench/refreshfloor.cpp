// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `refreshfloor DIRECTORY PORT INTENT ANSWER RECORD END`: the least that a refresh can be which survives a crash. The
// same POST by libcurl over a fresh connection, and as many durable writes of as many bytes: INTENT, ANSWER and END in
// place with fdatasync, RECORD as a new file with fsync, rename and fsync of the directory. One for each line on the
// standard input; each line that it prints is the microseconds of one, and of those the ones until the intent is
// durable, the answer is, the record is, and the end. libcurl comes with cmake and is loaded by name, so that no header
// of it is needed.

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

namespace {

// Of curl/curl.h, where their numbers are for ever.
constexpr int optionUrl = 10002;
constexpr int optionPostFields = 10015;
constexpr int optionHttpHeader = 10023;
constexpr int optionWriteData = 10001;
constexpr int optionWriteFunction = 20011;
constexpr int optionProxy = 10004;
constexpr int infoResponseCode = 0x200002;

constexpr off_t slotSize = 65536;

[[noreturn]] void fail(const char *what)
{
    std::perror(what);
    std::exit(1);
}

// A handle for each request, as ours has: no connection, cookie or cache goes from one to the next.
class Curl final {
public:
    explicit Curl(std::string url)
        : m_url(std::move(url)), m_library(dlopen("libcurl.so.4", RTLD_NOW)), m_init(function<Init>("curl_easy_init")),
          m_set(function<Set>("curl_easy_setopt")), m_perform(function<Perform>("curl_easy_perform")),
          m_info(function<Info>("curl_easy_getinfo")), m_cleanup(function<Cleanup>("curl_easy_cleanup"))
    {
        const auto append = function<Append>("curl_slist_append");
        for (const char *line : {"Accept: application/json", "Connection: close", "User-Agent: Keytender"})
            m_headers = append(m_headers, line);
    }

    void post(const std::string &body)
    {
        m_answer.clear();
        void *handle = m_init();
        m_set(handle, optionUrl, m_url.c_str());
        m_set(handle, optionProxy, "");
        m_set(handle, optionHttpHeader, m_headers);
        m_set(handle, optionWriteFunction, &Curl::take);
        m_set(handle, optionWriteData, &m_answer);
        m_set(handle, optionPostFields, body.c_str());
        long status = 0;
        if (m_perform(handle) != 0 || m_info(handle, infoResponseCode, &status) != 0 || status != 200)
            fail("curl");
        m_cleanup(handle);
    }

private:
    using Init = void *(*)();
    using Set = int (*)(void *, int, ...);
    using Perform = int (*)(void *);
    using Info = int (*)(void *, int, ...);
    using Cleanup = void (*)(void *);
    using Append = void *(*)(void *, const char *);

    template <class Function>
    Function function(const char *name)
    {
        void *found = m_library != nullptr ? dlsym(m_library, name) : nullptr;
        if (found == nullptr)
            fail(dlerror());
        return reinterpret_cast<Function>(found);
    }
    static std::size_t take(const char *bytes, std::size_t size, std::size_t count, void *answer)
    {
        static_cast<std::string *>(answer)->append(bytes, size * count);
        return size * count;
    }

    std::string m_url;
    void *m_library;
    Init m_init;
    Set m_set;
    Perform m_perform;
    Info m_info;
    Cleanup m_cleanup;
    void *m_headers = nullptr;
    std::string m_answer;
};

class Disk final {
public:
    explicit Disk(std::string directory)
        : m_path(std::move(directory)), m_directory(open(m_path.c_str(), O_RDONLY | O_DIRECTORY)),
          m_journal(open((m_path + "/journal").c_str(), O_RDWR | O_CREAT, 0600))
    {
        const std::string blocks(2 * slotSize, '\1');
        if (m_directory < 0 || m_journal < 0 || pwrite(m_journal, blocks.data(), blocks.size(), 0) < 0
            || fsync(m_journal) != 0)
            fail(m_path.c_str());
    }

    void writeInPlace(const std::string &bytes)
    {
        m_slot = slotSize - m_slot;
        if (pwrite(m_journal, bytes.data(), bytes.size(), m_slot) != static_cast<ssize_t>(bytes.size())
            || fdatasync(m_journal) != 0)
            fail("journal");
    }

    void replace(const std::string &bytes) const
    {
        const int file = openat(m_directory, "record.tmp", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file < 0 || write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())
            || fsync(file) != 0 || close(file) != 0 || renameat(m_directory, "record.tmp", m_directory, "record") != 0
            || fsync(m_directory) != 0)
            fail("record");
    }

private:
    std::string m_path;
    int m_directory;
    int m_journal;
    off_t m_slot = 0;
};

std::chrono::steady_clock::time_point now()
{
    return std::chrono::steady_clock::now();
}

long long microseconds(std::chrono::steady_clock::duration duration)
{
    return duration / std::chrono::microseconds(1);
}

std::string bytesOf(const char *size)
{
    return std::string(std::strtoul(size, nullptr, 10), 'x');
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 7)
        return 2;
    Disk disk(argv[1]);
    Curl curl("http://127.0.0.1:" + std::string(argv[2]) + "/token");
    const std::array<std::string, 4> bytes{bytesOf(argv[3]), bytesOf(argv[4]), bytesOf(argv[5]), bytesOf(argv[6])};
    const std::string body = "grant_type=refresh_token&refresh_token=" + std::string(108, 'r')
                             + "&client_id=9d1c250a-e61b-44d9-88ed-5944d1962f5e";
    curl.post(body); // warms up
    while (std::getchar() != EOF) {
        const std::array marks{now(), (disk.writeInPlace(bytes[0]), now()),
                               (curl.post(body), disk.writeInPlace(bytes[1]), now()), (disk.replace(bytes[2]), now()),
                               (disk.writeInPlace(bytes[3]), now())};
        std::printf("%lld", microseconds(marks.back() - marks.front()));
        for (std::size_t at = 1; at < marks.size(); ++at)
            std::printf(" %lld", microseconds(marks[at] - marks[at - 1]));
        std::printf("\n");
        std::fflush(stdout);
    }
    return 0;
}

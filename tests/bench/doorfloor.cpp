// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `doorfloor SOCKET`: what `keytenderctl token` cannot be faster than. Connects, sends one fixed frame, reads the frame
// that answers it, and prints its field "token": written as one would write it in bare C.

#include <cstdio>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    // 4 + 3 + 8 + 9 bytes, of which the first four say how many follow: 20.
    static const char frame[] = "\0\0\0\x14\1\1\1\7command\0\0\0\5token";
    const size_t frameSize = sizeof frame - 1;
    struct sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (argc != 2 || strlen(argv[1]) >= sizeof address.sun_path)
        return 64;
    strcpy(address.sun_path, argv[1]);
    const int number = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (number < 0 || connect(number, reinterpret_cast<struct sockaddr *>(&address), sizeof address) != 0
        || write(number, frame, frameSize) != static_cast<ssize_t>(frameSize))
        return 3;
    static unsigned char answer[65540];
    size_t have = 0;
    size_t want = 4;
    while (have < want) {
        const ssize_t count = read(number, answer + have, sizeof answer - have);
        if (count <= 0)
            return 3;
        have += static_cast<size_t>(count);
        if (have >= 4)
            want = 4 + ((static_cast<size_t>(answer[2]) << 8) | answer[3]);
    }
    // The fields, up to the token.
    size_t at = 7;
    for (int left = answer[6]; left > 0; --left) {
        const unsigned char *key = answer + at + 1;
        const size_t keySize = answer[at];
        const unsigned char *length = key + keySize;
        const size_t valueSize = (static_cast<size_t>(length[2]) << 8) | length[3];
        if (keySize == 5 && memcmp(key, "token", 5) == 0) {
            fwrite(length + 4, 1, valueSize, stdout);
            putchar('\n');
            return fflush(stdout) == 0 ? 0 : 3;
        }
        at += 1 + keySize + 4 + valueSize;
    }
    return 3;
}

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "childstart.h"

#include <cerrno>
#include <cstring>

#include <unistd.h>

#include "output.h"
#include "process.h"

namespace keytender::cli {

namespace {

void pointTo(std::vector<char *> &pointers, std::vector<wire::WipedBytes> &texts)
{
    for (wire::WipedBytes &text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
}

// With the NUL that execve wants.
wire::WipedBytes terminated(std::string_view text)
{
    wire::WipedBytes copy(text);
    copy.append(std::string_view("\0", 1));
    return copy;
}

std::string_view valueOf(const std::vector<wire::WipedBytes> &environment, std::string_view name)
{
    for (const wire::WipedBytes &variable : environment)
        if (const std::size_t sign = variable.view().find('='); variable.view().substr(0, sign) == name)
            return variable.view().substr(sign + 1);
    return {};
}

// Every path that the name may stand for, in the child's own PATH; what is not absolute there depends on where one is.
std::vector<std::string> candidates(std::string_view command, std::string_view path)
{
    if (command.find('/') != std::string_view::npos)
        return {std::string(command)};
    std::vector<std::string> found;
    while (true) {
        const std::size_t colon = path.find(':');
        if (path.starts_with('/'))
            found.push_back(std::string(path.substr(0, colon)) + "/" + std::string(command));
        if (colon == std::string_view::npos)
            return found;
        path.remove_prefix(colon + 1);
    }
}

} // namespace

int become(const ChildProgram &program)
{
    std::vector<wire::WipedBytes> texts;
    texts.push_back(terminated(program.command.view()));
    for (const wire::WipedBytes &argument : program.arguments)
        texts.push_back(terminated(argument.view()));
    std::vector<wire::WipedBytes> variables;
    for (const wire::WipedBytes &variable : program.environment)
        variables.push_back(terminated(variable.view()));
    std::vector<char *> argv;
    std::vector<char *> envp;
    pointTo(argv, texts);
    pointTo(envp, variables);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    restoreForChild();
    int fault = ENOENT;
    for (const std::string &path : candidates(program.command.view(), valueOf(program.environment, "PATH"))) {
        execve(path.c_str(), argv.data(), envp.data());
        fault = errno == ENOENT || errno == ENOTDIR ? fault : errno;
    }
    complain(std::string(program.command.view()) + ": " + std::strerror(fault) + ". Look at how it is written.");
    return fault == ENOENT ? 127 : 126;
}

} // namespace keytender::cli

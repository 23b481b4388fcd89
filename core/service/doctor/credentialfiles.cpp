// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/doctor/credentialfiles.h"

#include <algorithm>
#include <cerrno>
#include <set>

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/filedescriptor.h"
#include "service/doctor/doctorwords.h"

namespace keytender::service::doctor {

using profile::CopyState;
using profile::Protection;
using profile::Severity;

namespace {

bool liesInPlainText(const profile::Copy &copy)
{
    if (copy.state == CopyState::Held)
        return copy.protection == Protection::PrivateFile || copy.protection == Protection::SharedFile;
    // What everybody may write to is not even read.
    return copy.state == CopyState::Unreadable && copy.problem && copy.problem->kind == base::ErrorKind::Unsafe;
}

// "<database>#<key>" is how people are told of a cell.
QString fileOf(const profile::Copy &copy)
{
    const qsizetype mark = copy.path.lastIndexOf(QStringLiteral(".sqlite#"));
    return mark < 0 ? copy.path : copy.path.first(mark + 7);
}

FileIdentity identityOf(const QString &path, const struct stat &status)
{
    return {.path = path, .device = status.st_dev, .inode = status.st_ino};
}

bool isPlain(const struct stat &status, uid_t user)
{
    return S_ISREG(status.st_mode) && status.st_uid == user && status.st_nlink == 1;
}

FileLook lookAt(const CredentialFile &file, uid_t user)
{
    FileLook look{.file = file, .identity = {.path = file.path}, .beside = {}, .problem = {}};
    const QByteArray path = QFile::encodeName(file.path);
    struct stat status {};
    struct stat target {};
    if (::lstat(path.constData(), &status) != 0 || ::stat(path.constData(), &target) != 0) {
        look.problem = base::errorFromErrno(errno, file.path);
        return look;
    }
    look.identity = identityOf(file.path, status);
    look.mode = target.st_mode & 0777;
    look.isPlain = isPlain(status, user);
    for (const char *ending : {"-wal", "-shm"}) {
        const QByteArray name = path + ending;
        if (file.path.endsWith(QStringLiteral(".sqlite")) && ::lstat(name.constData(), &status) == 0
            && (status.st_mode & 077) != 0 && isPlain(status, user)) {
            look.beside.push_back(identityOf(QFile::decodeName(name), status));
            look.mode |= status.st_mode & 0777;
        }
    }
    return look;
}

Finding sharedFinding(const FileLook &look, const base::Environment &environment)
{
    const bool isOpenToAll = (look.mode & 007) != 0;
    Finding finding{
        .id = sharedFileId(look.identity.path),
        .subject = say(QT_TRANSLATE_NOOP("Doctor", "File of %1")).arg(look.file.tools.join(QStringLiteral(", "))),
        .text =
            (isOpenToAll ? say(QT_TRANSLATE_NOOP("Doctor", "It holds a login, and every user of this machine may open "
                                                           "it (mode %1)."))
                         : say(QT_TRANSLATE_NOOP("Doctor", "It holds a login, and others of your group may open it "
                                                           "(mode %1).")))
                .arg(look.mode, 4, 8, QLatin1Char('0')),
        .places = {environment.shortened(look.identity.path)},
        .cure = say(QT_TRANSLATE_NOOP("Doctor", "Nobody but you has to read it. Should somebody have done so, sign out "
                                                "and in again.")),
        .severity = isOpenToAll ? Severity::ActNow : Severity::Due};
    if (look.isPlain)
        finding.safeCure = say(QT_TRANSLATE_NOOP("Doctor", "Make it private"));
    else
        finding.text += u' '
                        + say(QT_TRANSLATE_NOOP("Doctor", "It is a link, has a second name or belongs to somebody "
                                                          "else, so that Keytender leaves it alone."));
    return finding;
}

Finding plainTextFinding(const std::vector<FileLook> &looks, const base::Environment &environment)
{
    const QString id = QStringLiteral("plaintext-refresh-tokens");
    const QString subject = say(QT_TRANSLATE_NOOP("Doctor", "Refresh tokens in plain text"));
    std::set<base::Fingerprint> tokens;
    QStringList tools;
    Finding finding = inOrder(id, subject, {});
    for (const FileLook &look : looks) {
        if (look.file.refreshTokens.empty())
            continue;
        tokens.insert(look.file.refreshTokens.begin(), look.file.refreshTokens.end());
        tools += look.file.tools;
        finding.places.append(environment.shortened(look.identity.path));
        if (look.isShared())
            finding.severity = Severity::Due;
    }
    if (tokens.empty()) {
        finding.text = say(QT_TRANSLATE_NOOP("Doctor", "None lies in a tool's file."));
        return finding;
    }
    tools.removeDuplicates();
    finding.text =
        count(QT_TRANSLATE_NOOP("Doctor", "1 lies in a file."), QT_TRANSLATE_N_NOOP("Doctor", "%n lie in files."),
              static_cast<int>(tokens.size()))
        + u' '
        + say(QT_TRANSLATE_NOOP(
                  "Doctor",
                  "That is the way of %1 and cannot be helped: every program that you start may read what lies there."))
              .arg(tools.join(QStringLiteral(", ")));
    return finding;
}

} // namespace

std::vector<CredentialFile> credentialFiles(const std::map<QString, Row> &rows)
{
    std::vector<CredentialFile> files;
    for (const auto &[id, row] : rows) {
        for (const profile::Copy &copy : row.profile.copies) {
            if (!liesInPlainText(copy) || !copy.path.startsWith(u'/'))
                continue;
            const QString path = fileOf(copy);
            auto known = std::ranges::find(files, path, &CredentialFile::path);
            if (known == files.end())
                known = files.insert(files.end(), {.path = path, .tools = {}});
            if (!known->tools.contains(row.profile.label))
                known->tools.append(row.profile.label);
            if (copy.credential && copy.credential->canBeRefreshed())
                known->refreshTokens.push_back(copy.credential->refreshToken);
        }
    }
    return files;
}

std::vector<FileLook> lookAtFiles(const std::vector<CredentialFile> &files, uid_t user)
{
    std::vector<FileLook> looks;
    for (const CredentialFile &file : files) {
        FileLook look = lookAt(file, user);
        if (!look.problem || look.problem->kind != base::ErrorKind::NotFound)
            looks.push_back(std::move(look));
    }
    return looks;
}

std::vector<Finding> fileFindings(const std::vector<FileLook> &looks, const base::Environment &environment)
{
    std::vector<Finding> findings;
    const QString subject = say(QT_TRANSLATE_NOOP("Doctor", "Files with logins"));
    for (const FileLook &look : looks) {
        if (look.problem)
            findings.push_back(notLookedAt(sharedFileId(look.file.path), subject, *look.problem));
        else if (look.isShared())
            findings.push_back(sharedFinding(look, environment));
    }
    if (findings.empty())
        findings.push_back(inOrder(QStringLiteral("shared-files"), subject,
                                   say(QT_TRANSLATE_NOOP("Doctor", "Nobody but you may open them."))));
    findings.push_back(plainTextFinding(looks, environment));
    return findings;
}

base::Result<void> makePrivate(const std::vector<FileIdentity> &files, uid_t user)
{
    for (const FileIdentity &file : files) {
        const base::FileDescriptor opened(::open(QFile::encodeName(file.path).constData(),
                                                 O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
        struct stat status {};
        if (!opened.isOpen() || ::fstat(opened.number(), &status) != 0)
            return base::unexpected(base::errorFromErrno(errno, file.path));
        if (identityOf(file.path, status) != file || !isPlain(status, user))
            return base::unexpected({.kind = base::ErrorKind::Refused,
                                     .subject = file.path,
                                     .place = {},
                                     .detail = say(QT_TRANSLATE_NOOP(
                                         "Doctor", "is not the file any more that was looked at: look again"))});
        if (::fchmod(opened.number(), S_IRUSR | S_IWUSR) != 0)
            return base::unexpected(base::errorFromErrno(errno, file.path));
    }
    return {};
}

QString sharedFileId(const QString &path)
{
    return QStringLiteral("shared-file:") + path;
}

} // namespace keytender::service::doctor

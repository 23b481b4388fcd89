// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "provider/memberreader.h"

#include <QCoreApplication>

namespace keytender::provider {

namespace {

base::Result<Evidence> readEvidence(const base::JsonValue &value)
{
    const base::Result<QString> word = value.string();
    if (!word)
        return base::unexpected(word.error());
    if (*word == u"measured")
        return Evidence::Measured;
    if (*word == u"assumed")
        return Evidence::Assumed;
    return base::unexpected(
        value.error(QCoreApplication::translate("Provider", "is '%1', not 'measured' or 'assumed'").arg(*word)));
}

} // namespace

MemberReader::MemberReader(const base::JsonValue &object) : m_object(object)
{
    if (const auto itself = object.object(); !itself)
        m_fault = itself.error();
}

base::JsonValue MemberReader::take(const char *key)
{
    m_asked.insert(QString::fromLatin1(key));
    return m_object.member(key);
}

Evidence MemberReader::evidence()
{
    // Beside the evidence there may be a word on where it comes from; it is for people.
    if (const auto note = take("note").optionalString(); !note)
        fail(note.error());
    return required<Evidence>("evidence", readEvidence);
}

void MemberReader::fail(base::Error fault)
{
    if (!m_fault)
        m_fault = std::move(fault);
}

std::optional<base::Error> MemberReader::outcome()
{
    if (m_fault)
        return m_fault;
    for (const auto &[name, value] : m_object.members()) {
        if (!m_asked.contains(name))
            return value.error(QCoreApplication::translate("Provider", "is not a member that Keytender knows"));
    }
    return std::nullopt;
}

} // namespace keytender::provider

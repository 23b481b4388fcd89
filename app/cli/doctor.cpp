// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <string>

#include "askoptions.h"
#include "json.h"
#include "mcplint.h"
#include "subcommands.h"

namespace keytender::cli {

namespace {

struct DoctorOptions : AskOptions {
    std::string cured;
};

std::string tableOf(const std::vector<LintFinding> &findings)
{
    std::string table;
    for (const LintFinding &finding : findings) {
        table += finding.subject + " (" + finding.place + ")\n  " + finding.text + "\n";
        if (!finding.cure.empty())
            table += "  " + finding.cure + "\n";
    }
    return table;
}

// The service's object, with one member more: "here", what was found in this folder.
std::string withFindings(std::string document, const std::vector<LintFinding> &findings)
{
    std::string array;
    for (const LintFinding &finding : findings) {
        JsonLine line;
        line.add("id", finding.id).add("subject", finding.subject).add("text", finding.text);
        line.add("place", finding.place).add("cure", finding.cure);
        std::string object(line.line().view());
        object.pop_back(); // the newline
        array += (array.empty() ? "" : ",") + object;
    }
    const std::size_t end = document.rfind('}');
    if (end == std::string::npos)
        return document;
    const bool isEmpty = document.find_first_not_of("{ \n", document.find('{')) == end;
    return document.insert(end, (isEmpty ? "\"here\":[" : ",\"here\":[") + array + "]");
}

int examine(const DoctorOptions &options)
{
    wire::Message request(wire::Kind::Request);
    request.set("command", "doctor").set("format", formatOf(options.form));
    if (!options.cured.empty())
        return askForDeed(request.set("cure", options.cured), options, "Done. keytenderctl doctor looks again.");
    const std::vector<LintFinding> findings = lintMcp(std::filesystem::path("."));
    const auto add = [&options, &findings](std::string text) {
        return options.form == Form::Json ? withFindings(std::move(text), findings) : text + tableOf(findings);
    };
    const int exitCode = askForText(request, options, add);
    const bool isWell = exitCode == static_cast<int>(wire::Outcome::Ok);
    return isWell && !findings.empty() ? static_cast<int>(wire::Outcome::DueSoon) : exitCode;
}

} // namespace

void addDoctor(CLI::App &app, int &exitCode)
{
    CLI::App *doctor = app.add_subcommand("doctor", "Look for what stands in the way of healthy logins");
    const auto options = std::make_shared<DoctorOptions>();
    doctor->add_option("--cure", options->cured, "Carry out the cure of this finding")->type_name("ID");
    addAskOptions(*doctor, *options);
    doctor->callback([options, &exitCode] { exitCode = examine(*options); });
}

} // namespace keytender::cli

// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The pages a person sees: plain forms without anything from the network. Where the account is chosen beforehand they
// answer themselves, so that a browser runs the whole chain of redirects alone.

const STYLE = `body { font: 16px sans-serif; background: #eef1f5; color: #1d2733; }
main { max-width: 24em; margin: 12vh auto; padding: 2em; background: #fff; border-radius: 8px; }
input[name=login] { font: inherit; padding: .4em; width: 100%; box-sizing: border-box; margin-bottom: 1em; }
button { font: inherit; padding: .4em 1.2em; margin-right: .5em; }`;

export function safe(text) {
    return String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

function page(title, body, answersItself = false) {
    const script = answersItself
        ? `<script>document.forms[0].requestSubmit(document.querySelector("button.yes"));</script>` : "";
    return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${safe(title)}</title>
<style>${STYLE}</style></head><body><main><h1>${safe(title)}</h1>${body}</main>${script}</body></html>`;
}

// `asked` is oidc-provider's interaction: which prompt, and the parameters of the authorization request.
export function question(asked, client, account) {
    const form = (fields, yes, no) => `<form method="post" action="/interaction/${safe(asked.uid)}">${fields}
<button class="yes" name="answer" value="allow">${yes}</button><button class="no" name="answer" value="deny">${no}</button></form>`;
    const name = safe(client.clientName ?? client.clientId);
    if (asked.prompt.name === "login") {
        const field = `<input name="login" autofocus value="${safe(account ?? asked.params.login_hint ?? "")}">`;
        return page("Sign in", `<p>${name} wants to know who you are.</p>${form(field, "Sign in", "Cancel")}`, Boolean(account));
    }
    const scopes = (asked.params.scope ?? "").split(" ").map((scope) => `<li>${safe(scope)}</li>`).join("");
    return page("Allow access?", `<p>${name} asks for:</p><ul>${scopes}</ul>${form("", "Allow", "Deny")}`, Boolean(account));
}

// oidc-provider writes the forms of the device grant itself, without buttons.
export function deviceCode(form, error) {
    const id = "op.deviceInputForm";
    return page("Enter the code", `<p>${error ? safe(error.message) : "It is shown on your device."}</p>${form}
<button class="yes" form="${id}">Continue</button>`);
}

export function deviceConfirmation(form, client, code, account) {
    const id = "op.deviceConfirmForm";
    return page("Is this your device?", `<p>${safe(client.clientName ?? client.clientId)} shows ${safe(code)}.</p>${form}
<button class="yes" form="${id}">Yes</button><button class="no" form="${id}" name="abort" value="yes">No</button>`, Boolean(account));
}

export function notice(title, text) {
    return page(title, `<p>${safe(text)}</p>`);
}

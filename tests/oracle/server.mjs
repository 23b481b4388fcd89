// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// An authorization server for the tests, made of oidc-provider: independent of our code and strict about the standards.
//
//   node server.mjs DIRECTORY-WITH-NODE_MODULES [OPTIONS-AS-JSON]
//
// Listens on a free port of 127.0.0.1, prints one line of JSON once it is ready, and ends with its standard input. Beside
// its endpoints: GET /_seen (see counters.mjs), POST /_revoke-everything.

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { Counters } from "./counters.mjs";
import { Memory } from "./memory.mjs";
import * as pages from "./pages.mjs";

const DEFAULTS = {
    clientId: "keytender-tests",
    // Without a port: any port.
    redirectUris: ["127.0.0.1", "[::1]", "localhost"].flatMap((host) => [`http://${host}/callback`, `http://${host}/`]),
    accessTokenSeconds: 60,
    refreshTokenSeconds: 86400,
    codeSeconds: 60,
    deviceCodeSeconds: 600,
    deviceIntervalSeconds: 1,
    account: null, // set: the pages answer themselves in a browser, as this person
    needsOfflineAccess: true, // a refresh token only for offline_access, which counts only with prompt=consent
    tellsIdentityInIdToken: false, // else at the userinfo endpoint only
};
const SCOPES = ["openid", "offline_access", "email", "profile"];
const GRANT_TYPES = ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"];

console.info = console.error; // where the library gives advice; standard output is for the one line
const [directory, json = "{}"] = process.argv.slice(2);
const options = { ...DEFAULTS, ...JSON.parse(json) };
const { Provider } = await import(pathToFileURL(createRequire(resolve(directory, "here")).resolve("oidc-provider")));
const memory = new Memory();
const counters = new Counters();

function account(_, name) {
    const claims = {
        sub: name, email: `${name}@example.org`, email_verified: true, name: `${name} Example`, preferred_username: name,
    };
    return { accountId: name, claims: async () => claims };
}

async function isItsOwn(_, client, token) {
    return token.clientId === client.clientId;
}

function deviceFlow() {
    return {
        enabled: true,
        userCodeInputSource: async (ctx, form, _, error) => { ctx.body = pages.deviceCode(form, error); },
        userCodeConfirmSource: async (ctx, form, client, _, code) => {
            ctx.body = pages.deviceConfirmation(form, client, code, options.account);
        },
        successSource: async (ctx) => { ctx.body = pages.notice("Signed in", "You can close this page."); },
    };
}

function lifetimes() {
    const long = 86400 * 30;
    return {
        AccessToken: options.accessTokenSeconds, RefreshToken: options.refreshTokenSeconds, IdToken: options.accessTokenSeconds,
        AuthorizationCode: options.codeSeconds, DeviceCode: options.deviceCodeSeconds, Interaction: long, Session: long, Grant: long,
    };
}

function configuration() {
    const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
    return {
        adapter: (kind) => memory.keep(kind),
        clients: [{
            client_id: options.clientId, client_name: "Keytender", application_type: "native",
            token_endpoint_auth_method: "none", grant_types: GRANT_TYPES, response_types: ["code"],
            redirect_uris: options.redirectUris, id_token_signed_response_alg: "ES256",
        }],
        claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "preferred_username"] },
        clientBasedCORS: () => false,
        clockTolerance: 0,
        conformIdTokenClaims: !options.tellsIdentityInIdToken,
        cookies: { keys: [randomBytes(32).toString("hex")] },
        expiresWithSession: () => false,
        features: {
            devInteractions: { enabled: false }, dPoP: { enabled: false }, rpInitiatedLogout: { enabled: false },
            pushedAuthorizationRequests: { enabled: false }, resourceIndicators: { enabled: false },
            introspection: { enabled: true, allowedPolicy: isItsOwn }, revocation: { enabled: true, allowedPolicy: isItsOwn },
            deviceFlow: deviceFlow(),
        },
        fetch: () => Promise.reject(new Error("this server asks nobody")),
        findAccount: account,
        interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
        issueRefreshToken: (_, client, source) => !options.needsOfflineAccess || source.scopes.has("offline_access"),
        jwks: { keys: [{ ...key, use: "sig", alg: "ES256" }] },
        pkce: { required: () => true },
        renderError: async (ctx, out) => {
            ctx.type = "html";
            ctx.body = pages.notice("That did not work", Object.values(out).join(": "));
        },
        responseTypes: ["code"],
        rotateRefreshToken: true,
        scopes: SCOPES,
        ttl: lifetimes(),
    };
}

async function fieldsOf(request) {
    let body = "";
    for await (const part of request) body += part;
    return new URLSearchParams(body);
}

async function consentTo(provider, asked) {
    const grant = asked.grantId ? await provider.Grant.find(asked.grantId)
        : new provider.Grant({ accountId: asked.session.accountId, clientId: asked.params.client_id });
    grant.addOIDCScope(asked.params.scope ?? "");
    return { consent: { grantId: await grant.save() } };
}

async function interact(provider, request, response) {
    const asked = await provider.interactionDetails(request, response);
    if (request.method === "GET") {
        const client = await provider.Client.find(asked.params.client_id);
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.end(pages.question(asked, client, options.account));
        return;
    }
    const fields = await fieldsOf(request);
    const isLogin = asked.prompt.name === "login";
    let result = { error: "access_denied", error_description: "The person said no" };
    if (fields.get("answer") === "allow" && (!isLogin || fields.get("login")))
        result = isLogin ? { login: { accountId: fields.get("login") } } : await consentTo(provider, asked);
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: !isLogin && !result.error });
}

function answerTest(path, response) {
    if (path === "/_revoke-everything") memory.revokeEverything();
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(counters.seen));
}

function listen(provider) {
    provider.use(async (ctx, next) => {
        await next();
        if (ctx.oidc?.route === "device_authorization" && ctx.status === 200)
            ctx.body = { ...ctx.body, interval: options.deviceIntervalSeconds };
        if (ctx.oidc?.route === "token" && ctx.status === 200) counters.granted(ctx.oidc.params.grant_type);
    });
    for (const kind of ["authorization", "grant", "revocation", "introspection", "device_authorization", "userinfo"])
        provider.on(`${kind}.error`, (_, error) => counters.refused(error));
    provider.on("server_error", (_, error) => console.error(error));
    const answer = provider.callback();
    return (request, response) => {
        const path = request.url.split("?")[0];
        if (path.startsWith("/_")) return answerTest(path, response);
        counters.delivered(path, response);
        if (!path.startsWith("/interaction/")) return answer(request, response);
        return interact(provider, request, response).catch((error) => {
            response.statusCode = 400;
            response.end(pages.notice("That did not work", error.message));
        });
    };
}

const server = createServer();
server.on("connection", () => counters.connected());
server.listen(0, "127.0.0.1");
await once(server, "listening");
const issuer = `http://127.0.0.1:${server.address().port}`;
server.on("request", listen(new Provider(issuer, configuration())));
process.stdin.resume().on("end", () => process.exit(0)).on("error", () => process.exit(0));
console.log(JSON.stringify({ issuer, clientId: options.clientId }));

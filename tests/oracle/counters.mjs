// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// What the server saw, for the tests to ask: requests that came in (not only those that were answered), and what failed.

const ENDPOINTS = [
    ["/auth", "authorization"], ["/token/revocation", "revocation"], ["/token/introspection", "introspection"],
    ["/token", "token"], ["/device/auth", "device_authorization"], ["/device", "device"], ["/me", "userinfo"],
    ["/interaction", "interaction"], ["/.well-known/oauth-authorization-server", "oauth_metadata"],
    ["/.well-known/openid-configuration", "openid_metadata"],
];

function endpointOf(path) {
    const found = ENDPOINTS.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
    return found ? found[1] : "other";
}

function increase(counts, name) {
    counts[name] = (counts[name] ?? 0) + 1;
}

export class Counters {
    seen = { connections: 0, deliveries: {}, failures: {}, grants: {}, errors: {}, reuses: 0 };

    connected() {
        this.seen.connections += 1;
    }

    delivered(path, response) {
        const endpoint = endpointOf(path);
        increase(this.seen.deliveries, endpoint);
        response.once("finish", () => {
            if (response.statusCode >= 400) increase(this.seen.failures, endpoint);
        });
    }

    granted(grantType) {
        increase(this.seen.grants, grantType);
    }

    refused(error) {
        increase(this.seen.errors, error.error ?? error.name);
        if (error.error_detail === "refresh token already used") this.seen.reuses += 1;
    }
}

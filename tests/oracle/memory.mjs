// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Where the server keeps what it issued. Nothing is dropped when it expires: the server looks at the times itself, and
// answers "expired" and "already used" only about what it can still find.

const BELONGING_TO_A_GRANT = new Set(["AccessToken", "AuthorizationCode", "RefreshToken", "DeviceCode"]);

export class Memory {
    #kinds = new Map();

    // What oidc-provider calls an adapter, for one kind of thing.
    keep(kind) {
        const things = new Map();
        this.#kinds.set(kind, things);
        const first = (holds) => [...things.values()].find(holds);
        return {
            upsert: async (id, thing) => void things.set(id, thing),
            find: async (id) => things.get(id),
            findByUid: async (uid) => first((thing) => thing.uid === uid),
            findByUserCode: async (code) => first((thing) => thing.userCode === code),
            consume: async (id) => void (things.get(id).consumed = Math.floor(Date.now() / 1000)),
            destroy: async (id) => void things.delete(id),
            revokeByGrantId: async (grant) => {
                for (const [id, thing] of things)
                    if (thing.grantId === grant) things.delete(id);
            },
        };
    }

    // As when somebody revokes every sign-in on the provider's own page.
    revokeEverything() {
        for (const [kind, things] of this.#kinds)
            if (kind === "Grant" || BELONGING_TO_A_GRANT.has(kind)) things.clear();
    }
}

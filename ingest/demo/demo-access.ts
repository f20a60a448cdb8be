import { hashPassword } from "#lib/access/password-hash.ts";
import type { Role } from "#lib/access/role.ts";
import { newTokenSecret } from "#lib/access/token-secret.ts";
import { openControl, type Place } from "#lib/storage/open.ts";
import type { Access } from "#lib/storage/access.ts";
import { companySources } from "#ingest/demo/stations.ts";

/** The demo listens on loopback only: its password may stand in the README. */
export const demoPassword = "parcels-lost-and-found";

export const demoAccounts: readonly { readonly name: string; readonly role: Role }[] = [
  { name: "ada", role: "administrator" },
  { name: "li", role: "support" },
  { name: "wang", role: "manager" },
  { name: "chen", role: "engineer" },
  { name: "zhao", role: "auditor" },
];

const by = "demo";

/** Creates the accounts that are missing, and a new ingest token for each of the company's sources: secrets by source. */
export async function openDemoAccess(place: Place, now: () => number): Promise<ReadonlyMap<string, string>> {
  const control = await openControl(place, { mode: "command", now });
  try {
    await createAccounts(control.access, now());
    return await renewTokens(control.access, now());
  } finally {
    await control.close();
  }
}

async function createAccounts(access: Access, createdAt: number): Promise<void> {
  for (const { name, role } of demoAccounts) {
    if ((await access.findUserByName(name)) !== null) continue;
    await access.createUser({ name, role, passwordHash: await hashPassword(demoPassword), createdAt }, by);
  }
}

/** Only hashes of secrets are kept: those of the last run can't be used again. */
async function renewTokens(access: Access, now: number): Promise<ReadonlyMap<string, string>> {
  const secrets = new Map<string, string>();
  for (const old of await access.listTokens()) {
    if (old.revokedAt === null && companySources.includes(old.name)) await access.revokeToken(old.id, now, by);
  }
  for (const source of companySources) {
    const { secret, hash } = newTokenSecret();
    secrets.set(source, secret);
    await access.createToken(
      {
        name: source,
        scopes: ["ingest"],
        role: "engineer",
        sources: [source],
        systems: [],
        createdAt: now,
        expiresAt: null,
        secretHash: hash,
      },
      by,
    );
  }
  return secrets;
}

import type { Role } from "#lib/access/role.ts";

/** Everything that loaders, actions and routes ask before they do it. */
export const permissions = [
  /** Records, journeys, flows, latency, failures, within what a flow is visible to. */
  "records.read",
  /** Payloads and raw events of a record. */
  "payloads.read",
  /** Closing a journey by hand with a reason, and undoing that. */
  "journeys.close",
  /** Notes on a journey: adding them, deleting one's own. Whoever reads a record reads its notes. */
  "notes.write",
  /** Sources and their watermarks. */
  "sources.read",
  /** A fresh token that a new source sends its events with. */
  "sources.connect",
  /** Writing the file of a new flow into the flows folder. */
  "flows.declare",
  "dead_letters.read",
  /** Sending rejected events through the door again. */
  "dead_letters.redrive",
  "audit.read",
  /** Declaration files as they stand, broken ones too, and what is wrong with them. */
  "declarations.read",
  /** What is masked, for how long events are kept, who sees which flow. */
  "installation.read",
  /** Exceptions from masking. */
  "masking.change",
  /** Making and revoking tokens. */
  "tokens.manage",
  /** Loading the sample company of an empty start, and removing it. */
  "sample.manage",
  /** Accounts: making them, their roles, ending them, new passwords. */
  "users.manage",
  /** Own language, theme, time zone, password. */
  "profile.change",
] as const;
export type Permission = (typeof permissions)[number];

/** What each role may do; the only place that says so. */
const table: Readonly<Record<Role, readonly Permission[]>> = {
  support: ["records.read", "payloads.read", "journeys.close", "notes.write", "sources.read", "profile.change"],
  manager: ["records.read", "sources.read", "profile.change"],
  engineer: [
    "records.read",
    "payloads.read",
    "journeys.close",
    "notes.write",
    "sources.read",
    "sources.connect",
    "flows.declare",
    "dead_letters.read",
    "dead_letters.redrive",
    "sample.manage",
    "declarations.read",
    "installation.read",
    "profile.change",
  ],
  administrator: permissions,
  auditor: ["records.read", "sources.read", "audit.read", "installation.read", "profile.change"],
};

export const mayDo = (role: Role, permission: Permission): boolean => table[role].includes(permission);

/** Whether a flow's journeys are for this role (`visibleTo`; absent: every role). */
export const maySee = (role: Role, visibleTo: readonly Role[] | undefined): boolean =>
  visibleTo === undefined || visibleTo.includes(role);

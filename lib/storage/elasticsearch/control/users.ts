import { nameForm } from "#lib/access/name-form.ts";
import type { PasswordLink, User, UserAccess } from "#lib/storage/access.ts";
import type { AuditDraft } from "#lib/storage/audit.ts";
import {
  type AccessState,
  canAdminister,
  type KeptUser,
  linkOwner,
  toUser,
  userDocument,
  withLink,
} from "#lib/storage/elasticsearch/control/access-state.ts";
import type { Documents } from "#lib/storage/elasticsearch/control/documents.ts";
import type { Decision, Ledger } from "#lib/storage/elasticsearch/control/ledger.ts";
import { addUser } from "#lib/storage/elasticsearch/control/new-user.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

interface UserOptions {
  readonly now: () => number;
  readonly newId: () => string;
}

export function clusterUsers(
  documents: Documents,
  ledger: Ledger<AccessState>,
  { now, newId }: UserOptions,
): UserAccess {
  const findKept = async (id: string): Promise<KeptUser | null> => documents.find<KeptUser>(userDocument(id));

  /** One account becomes another and it is told; `by` empty: the person did it. `link` left out stays. */
  const changed = async (
    state: AccessState,
    id: string,
    told: AuditDraft,
    toFields: (user: KeptUser) => Partial<KeptUser>,
    link?: PasswordLink | null,
  ): Promise<Decision<AccessState, User>> => {
    const user = await findKept(id);
    if (user === null) throw new StorageError("conflict", "There is no such account.");
    const fields = toFields(user);
    const after = { ...user, ...fields };
    const others = state.administrators.filter((each) => each !== id);
    const administrators = canAdminister(after) ? [...others, id] : others;
    if (canAdminister(user) && administrators.length === 0)
      throw new StorageError("conflict", "Nobody would be left who can sign in as administrator.");
    const by = told.by === "" ? user.name : told.by;
    const linked = link === undefined ? state : withLink(state, id, link);
    return {
      result: toUser(after),
      change: {
        state: { ...linked, administrators },
        patches: [{ id: userDocument(id), kind: "user", fields }],
        entry: { at: now(), result: "done", object: `user:${user.name}`, ...told, by },
      },
    };
  };
  const change = async (
    id: string,
    told: AuditDraft,
    toFields: (user: KeptUser) => Partial<KeptUser>,
    link?: PasswordLink | null,
  ): Promise<void> => {
    await ledger.change(async (state) => changed(state, id, told, toFields, link));
  };
  /** Which ends its sessions, and forgets failed sign-ins. */
  const withPassword =
    (passwordHash: string) =>
    ({ sessionVersion }: KeptUser): Partial<KeptUser> => ({
      passwordHash,
      sessionVersion: sessionVersion + 1,
      failedAttempts: 0,
      lockedUntil: null,
    });

  return {
    async countUsers() {
      return (await ledger.read()).names.length;
    },
    async findUser(id) {
      const kept = await findKept(id);
      return kept === null ? null : toUser(kept);
    },
    async findUserByName(name) {
      const form = nameForm(name);
      const id = (await ledger.read()).names.find(([taken]) => taken === form)?.[1];
      const kept = id === undefined ? null : await findKept(id);
      if (kept === null) return null;
      const { passwordHash, failedAttempts, lockedUntil } = kept;
      return { ...toUser(kept), passwordHash, failedAttempts, lockedUntil };
    },
    async listUsers() {
      const { names } = await ledger.read();
      const kept = await documents.findMany<KeptUser>(names.map(([, id]) => userDocument(id)));
      return names
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, id]) => {
          const user = kept.get(userDocument(id));
          return user === undefined ? [] : [toUser(user)];
        });
    },
    async createUser({ passwordHash, ...rest }, by) {
      const id = newId();
      const link = typeof passwordHash === "string" ? null : passwordHash;
      const password = typeof passwordHash === "string" ? passwordHash : "";
      return await ledger.change(async (before) => {
        const { state, user, patch } = addUser(before, id, { ...rest, passwordHash: password });
        const detail = { role: user.role, ...(link !== null && { passwordLink: true }) };
        const object = `user:${user.name}`;
        const entry = { at: user.createdAt, by, action: "user.created", object, result: "done", detail } as const;
        return { result: toUser(user), change: { state: withLink(state, id, link), patches: [patch], entry } };
      });
    },
    async changeRole(id, role, by) {
      const told = { action: "user.role_changed", by, detail: { role } };
      await change(id, told, ({ sessionVersion }) => ({ role, sessionVersion: sessionVersion + 1 }));
    },
    async changePassword(id, passwordHash, by) {
      await change(id, { action: "user.password_changed", by }, withPassword(passwordHash), null);
    },
    async savePasswordLink(id, link, by) {
      await change(id, { action: "user.password_link_made", by }, withPassword(""), link);
    },
    async findPasswordLink(secretHash, at) {
      const id = linkOwner(await ledger.read(), secretHash, at);
      const kept = id === null ? null : await findKept(id);
      return kept === null ? null : toUser(kept);
    },
    async usePasswordLink(secretHash, passwordHash, at) {
      return await ledger.change<User | null>(async (state) => {
        const id = linkOwner(state, secretHash, at);
        if (id === null) return { result: null };
        const told = { action: "user.password_chosen", by: "", at };
        return await changed(state, id, told, withPassword(passwordHash), null);
      });
    },
    async setDisabled(id, disabled, by) {
      const told = { action: disabled ? "user.disabled" : "user.enabled", by };
      await change(id, told, ({ sessionVersion }) => ({ disabled, sessionVersion: sessionVersion + 1 }));
    },
    async savePreferences(id, { language, theme, timeZone, singleKeys }) {
      await documents.set(userDocument(id), { language, theme, timeZone, singleKeys });
    },
    async recordSignIn(id, at) {
      const told = { action: "user.signed_in", by: "", at };
      await change(id, told, () => ({ lastSignInAt: at, failedAttempts: 0, lockedUntil: null }));
    },
    async recordFailedSignIn(id, at, lockUntil) {
      const told: AuditDraft = { action: "user.sign_in_refused", by: "", at, result: "refused" };
      const detail = lockUntil === null ? {} : { detail: { lockedUntil: lockUntil } };
      await change(id, { ...told, ...detail }, ({ failedAttempts }) => ({
        failedAttempts: failedAttempts + 1,
        lockedUntil: lockUntil,
      }));
    },
  };
}

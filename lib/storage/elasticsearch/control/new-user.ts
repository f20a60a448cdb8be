import { nameForm } from "#lib/access/name-form.ts";
import type { Role } from "#lib/access/role.ts";
import {
  type AccessState,
  canAdminister,
  type KeptUser,
  userDocument,
} from "#lib/storage/elasticsearch/control/access-state.ts";
import type { Patch } from "#lib/storage/elasticsearch/control/documents.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

interface NewUser {
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly createdAt: number;
}

/** The account, and the state that knows its name. Throws `conflict` where the name is taken. */
export function addUser(
  state: AccessState,
  id: string,
  { name, role, passwordHash, createdAt }: NewUser,
): { readonly state: AccessState; readonly user: KeptUser; readonly patch: Patch } {
  const form = nameForm(name);
  if (state.names.some(([taken]) => taken === form)) throw new StorageError("conflict", `The name "${name}" is taken.`);
  const user: KeptUser = {
    id,
    name,
    role,
    disabled: false,
    sessionVersion: 1,
    createdAt,
    lastSignInAt: null,
    language: null,
    theme: null,
    timeZone: null,
    singleKeys: true,
    passwordHash,
    failedAttempts: 0,
    lockedUntil: null,
  };
  return {
    state: {
      ...state,
      names: [...state.names, [form, id]],
      administrators: canAdminister(user) ? [...state.administrators, id] : state.administrators,
    },
    user,
    patch: { id: userDocument(id), kind: "user", fields: { ...user } },
  };
}

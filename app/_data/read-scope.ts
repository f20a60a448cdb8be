import "server-only";
import { mayDo, type Permission } from "#lib/access/permission.ts";
import { ReadError } from "#lib/api/problem.ts";
import { keyedHash } from "#lib/config/keyed-hash.ts";
import { toKeyType } from "#lib/id/id.ts";
import { toSearchToken } from "#lib/privacy/mask-event.ts";
import { toReadStores, type ReadContext, type ReadStores } from "#lib/read/read-context.ts";
import { currentConsole } from "#app/_data/console.ts";
import type { Viewer } from "#app/_data/session.ts";

export interface ReadScope {
  readonly stores: ReadStores;
  readonly context: ReadContext;
}

/** The stores as this person or token may read them, now. */
export function readScope(viewer: Viewer, permission: Permission): ReadScope {
  if (!mayDo(viewer.role, permission)) throw new ReadError("forbidden", `The role ${viewer.role} may not do this.`);
  const { control, events, secret, now } = currentConsole();
  // the worker's own hash: values of searchable keys are kept under it
  const hashMasked = keyedHash(secret.keyFor("mask"));
  return {
    stores: toReadStores(events, control),
    context: {
      now: now(),
      role: viewer.role,
      timeZone: viewer.timeZone,
      searchToken: (type, value) => toSearchToken({ type: toKeyType(type), value }, hashMasked),
    },
  };
}

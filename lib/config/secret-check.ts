import { keyedHash } from "#lib/config/keyed-hash.ts";
import type { Secret } from "#lib/config/secret.ts";

/** Always the same for the same secret, and another for another: a store knows its own by it. */
export const checkOf = (secret: Secret): string => keyedHash(secret.keyFor("check"))("hopline");

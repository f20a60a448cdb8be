/** The console makes the same hashes: values of searchable keys are found by them. */
export { keyedHash } from "#lib/config/keyed-hash.ts";

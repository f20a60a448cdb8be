/** Rooms of lib that are no domains: each has its reason to touch Node, a clock or I/O. Everything else in lib is a domain. */
const ports = ["storage", "notify"];
const config = "config";
/** Files that hash and draw secrets with node:crypto, beside the pure rules they serve. */
const hashing = ["lib/access/password-hash.ts", "lib/access/token-secret.ts"];
/** Questions answered over the ports, for pages, routes and the worker alike: the one room that is pure but for what its ports do. */
const read = "read";

/** A room as the arrows see it; `name` is the folder that may import itself freely. */
export interface Room {
  readonly kind:
    | "app"
    | "components"
    | "ingest"
    | "test"
    | "domain"
    | "read"
    | "port"
    | "port-opening"
    | "adapter"
    | "config"
    | "hashing";
  readonly name: string;
}

/** The room a path lies in; null outside the five rooms of the house. */
export function roomOf(path: string): Room | null {
  const [top, folder, inner, ...rest] = path.split("/");
  if (top === "app" || top === "components" || top === "ingest" || top === "test") return { kind: top, name: top };
  if (top !== "lib" || folder === undefined || inner === undefined) return null;
  if (hashing.includes(path)) return { kind: "hashing", name: path };
  const name = `lib/${folder}`;
  if (folder === config) return { kind: "config", name };
  if (folder === read) return { kind: "read", name };
  if (!ports.includes(folder)) return { kind: "domain", name };
  if (rest.length > 0) return { kind: "adapter", name: `${name}/${inner}` };
  return { kind: inner === "open.ts" ? "port-opening" : "port", name };
}

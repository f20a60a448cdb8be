import { posix } from "node:path";
import { roomOf, type Room } from "./room.ts";
import type { ModuleImport, SourceModule } from "./source-module.ts";

export interface Violation {
  readonly rule: Rule;
  readonly path: string;
  readonly found: string;
}

export type Rule =
  | "arrow"
  | "adapter-behind-port"
  | "domain-is-pure"
  | "framework-free"
  | "components-in-the-browser"
  | "data-behind-loaders"
  | "environment-in-one-place"
  | "rooms-by-package-imports"
  | "import-exists";

type Kind = Room["kind"];

/** Which rooms a room may import besides itself. Tests may import everything; nothing imports tests. */
const arrows: Readonly<Record<Kind, readonly Kind[]>> = {
  app: ["components", "domain", "read", "port", "port-opening", "config", "hashing"],
  ingest: ["domain", "read", "port", "port-opening", "config", "hashing"],
  components: ["domain"],
  domain: ["domain"],
  read: ["domain", "port"],
  port: ["domain"],
  "port-opening": ["domain", "port", "adapter"],
  adapter: ["domain", "port"],
  config: ["domain"],
  hashing: ["domain"],
  test: ["app", "ingest", "components", "domain", "read", "port", "port-opening", "adapter", "config", "hashing"],
};

/** Packages that compute and do nothing else: what a domain may lean on. */
const purePackages = ["zod", "ajv", "ajv-formats", "re2js", "yaml", "d3"];
const frameworks = ["react", "react-dom", "next", "next-auth", "use-intl", "@base-ui/react", "recharts"];
/** Of Next.js, what runs in the browser too. */
const nextInComponents = ["next/link", "next/navigation", "next/image", "next/dynamic"];
const readsEnvironment =
  /^(lib\/config\/env\.ts|ingest\/(start|build|demo)\.ts|ingest\/supervisor\/stop-with-parent\.ts|test\/.*)$/;
/** Folders of app that may reach the store: everything else goes through a loader or an action. */
const reachesData = /^app\/(_data|_actions|_server)\//;

type Check = (module: SourceModule, room: Room, exists: (path: string) => boolean) => Iterable<string>;

const checks: Readonly<Record<Rule, Check>> = {
  *arrow(module, room) {
    for (const { specifier, target } of internal(module)) {
      if (target.name === room.name && target.kind === room.kind) continue;
      if (!allowed(room, target) && target.kind !== "adapter") yield specifier;
    }
  },
  *"adapter-behind-port"(module, room) {
    for (const { specifier, target } of internal(module)) {
      if (target.kind === "adapter" && target.name !== room.name && !allowed(room, target)) yield specifier;
    }
  },
  *"domain-is-pure"(module, room) {
    if (room.kind !== "domain" && room.kind !== "read" && room.kind !== "port") return;
    yield* module.ambient;
    for (const { specifier, builtin, package: name } of module.imports) {
      if (builtin !== undefined || (name !== undefined && !purePackages.includes(name))) yield specifier;
    }
  },
  *"framework-free"(module, room) {
    if (room.kind === "app" || room.kind === "components" || room.kind === "test") return;
    for (const { specifier, package: name } of module.imports) {
      if (name !== undefined && frameworks.includes(name)) yield specifier;
    }
  },
  *"components-in-the-browser"(module, room) {
    if (room.kind !== "components") return;
    for (const { specifier, builtin, package: name } of module.imports) {
      const serverSide = name === "server-only" || (name === "next" && !nextInComponents.includes(specifier));
      if (builtin !== undefined || serverSide) yield specifier;
    }
  },
  *"data-behind-loaders"(module, room) {
    if (room.kind !== "app" || reachesData.test(module.path)) return;
    for (const { specifier, target } of internal(module)) {
      if (target.kind === "port-opening" || target.kind === "config") yield specifier;
    }
  },
  *"environment-in-one-place"(module) {
    if (readsEnvironment.test(module.path)) return;
    yield* module.ambient.filter((name) => name === "process.env");
    yield* module.imports.filter(({ builtin }) => builtin === "process").map(({ specifier }) => specifier);
  },
  *"rooms-by-package-imports"(module) {
    const [top] = module.path.split("/");
    for (const { specifier, path } of module.imports) {
      if (path !== undefined && specifier.startsWith(".") && path.split("/")[0] !== top) yield specifier;
    }
  },
  *"import-exists"(module, _room, exists) {
    for (const { specifier, path } of module.imports) if (path !== undefined && !exists(path)) yield specifier;
  },
};

/** Every breach of the house's arrows in these modules. `exists` says whether a path of the repository is a file. */
export function findViolations(modules: readonly SourceModule[], exists: (path: string) => boolean): Violation[] {
  return modules.flatMap((module) => {
    const room = roomOf(module.path);
    if (room === null) return [];
    return rules.flatMap((rule) =>
      [...checks[rule](module, room, exists)].map((found) => ({ rule, path: module.path, found })),
    );
  });
}

export const rules: readonly Rule[] = [
  "arrow",
  "adapter-behind-port",
  "domain-is-pure",
  "framework-free",
  "components-in-the-browser",
  "data-behind-loaders",
  "environment-in-one-place",
  "rooms-by-package-imports",
  "import-exists",
];

const allowed = (from: Room, to: Room): boolean => arrows[from.kind].includes(to.kind);

function internal(module: SourceModule): { specifier: string; target: Room }[] {
  return module.imports.flatMap(({ specifier, path }: ModuleImport) => {
    const target = path === undefined ? null : roomOf(posix.normalize(path));
    return target === null ? [] : [{ specifier, target }];
  });
}

import { randomUUID } from "node:crypto";
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { mayDo, type Permission } from "#lib/access/permission.ts";
import { roles, type Role } from "#lib/access/role.ts";
import { newTokenSecret } from "#lib/access/token-secret.ts";
import type { TokenScope } from "#lib/access/token-scope.ts";
import { newestLetter } from "#test/support/newest-letter.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { createUser, signIn, prepareConsole, withControl } from "#test/support/console.ts";

const flow = "flow: orders\nrecord: { primary: order_no }\nsteps:\n  - { id: placed, system: oms }\n";
const kit = prepareConsole({ flows: { "orders.yaml": flow } });

const appFolder = fileURLToPath(new URL("../../../../app", import.meta.url));

interface AskedRoute {
  readonly path: string;
  readonly needs: Permission;
  readonly body?: unknown;
  /** 200 where it does not lead elsewhere. */
  readonly answer?: number;
}

/** Every route that asks who is there, with what it takes. */
const routes: readonly AskedRoute[] = [
  { path: "/", needs: "records.read" },
  { path: "/search?q=SO-1042", needs: "records.read" },
  { path: "/journeys", needs: "records.read" },
  { path: "/look-up", needs: "records.read" },
  { path: "/flows", needs: "records.read" },
  { path: "/start", needs: "records.read" },
  { path: "/help/record", needs: "records.read" },
  { path: "/settings", needs: "profile.change" },
  { path: "/settings/data", needs: "installation.read" },
  { path: "/audit", needs: "audit.read" },
  { path: "/api/console/audit.csv", needs: "audit.read" },
  { path: "/sources", needs: "sources.read" },
  { path: "/dead-letters", needs: "dead_letters.read" },
  { path: "/tokens", needs: "tokens.manage" },
  { path: "/tokens/new", needs: "tokens.manage" },
  { path: "/users", needs: "users.manage" },
  { path: "/users/new", needs: "users.manage" },
  { path: "/api/console/search", needs: "records.read", body: { text: "SO-1042", whole: false } },
  { path: "/api/console/look-up", needs: "records.read", body: { keys: ["SO-1042"] } },
  { path: "/api/console/freshness", needs: "sources.read" },
  { path: "/api/v1/flows", needs: "records.read" },
  { path: "/api/v1/journeys", needs: "records.read" },
  { path: "/api/v1/failures", needs: "records.read" },
  { path: "/failures", needs: "records.read" },
  { path: "/api/v1/journeys.csv", needs: "records.read" },
  {
    path: "/api/console/newer-journeys",
    needs: "records.read",
    body: { question: "state=failed", top: null, count: 0 },
  },
  { path: "/record/order_no/SO-1", needs: "records.read" },
  { path: "/flows/orders", needs: "records.read" },
  { path: "/help", needs: "records.read", answer: 307 },
  { path: "/api/v1/openapi.json", needs: "records.read" },
  { path: "/dead-letters/[id]", needs: "dead_letters.read" },
  { path: "/api/v1/flows/orders", needs: "records.read" },
  { path: "/api/v1/flows/orders/latency", needs: "records.read" },
  { path: "/api/v1/records?value=SO-1", needs: "records.read" },
  { path: "/api/v1/records/order_no/SO-1", needs: "records.read" },
  { path: "/api/v1/records/lookup", needs: "records.read", body: { keys: ["SO-1"] } },
  { path: "/api/v1/stream", needs: "records.read" },
  { path: "/api/v1/stream?of=profile", needs: "profile.change" },
  { path: "/api/v1/stream?of=audit", needs: "audit.read" },
  { path: "/api/v1/stream?of=dead-letters", needs: "dead_letters.read" },
  { path: "/api/v1/stream?of=installation", needs: "installation.read" },
  { path: "/api/v1/stream?of=tokens", needs: "tokens.manage" },
  { path: "/api/v1/stream?of=users", needs: "users.manage" },
  { path: "/api/v1/sources", needs: "sources.read" },
  { path: "/api/v1/deadletters", needs: "dead_letters.read" },
];
const open = [
  "/api/v1/schemas/flow.json",
  "/healthz",
  "/readyz",
  "/sign-in",
  "/favicon.ico",
  "/icon.svg",
  "/api/auth/csrf",
  "/api/auth/session",
];

/** Pages that a link with a key leads to; without one they are none. */
const byLink = ["/set-up", "/new-password"];

const cookies = new Map<Role, string>();
/** Id of a rejected event. */
let letter = "";
beforeAll(async () => {
  for (const role of roles) {
    await createUser(kit.home, role, role);
    cookies.set(role, await signIn(kit.url, role));
  }
  const placed = { source: "oms", step: "placed", system: "oms", keys: { order_no: "SO-1" } };
  await kit.worker.post("/v1/hops", [{ ...placed, time: Date.now() }, placed]);
  letter = await newestLetter(kit.home);
  await waitFor("the record", async () => {
    const headers = { cookie: cookies.get("administrator") ?? "" };
    const found = await Promise.all(
      ["/api/v1/records?value=SO-1", "/dead-letters/[id]"].map(async (path) => ask({ path }, headers)),
    );
    return found.every(({ status }) => status === 200);
  });
});

/** Addresses as the files of the app make them: `/flows/[flow]`. */
const patterns = globSync("{(console),api,new-password,set-up,sign-in}/**/{page.tsx,route.ts}", { cwd: appFolder })
  .map((file) =>
    `/${file.replaceAll("\\", "/")}`.replace(/\/(page\.tsx|route\.ts)$/u, "").replaceAll(/\/\(\w+\)/gu, ""),
  )
  .map((pattern) => (pattern === "" ? "/" : pattern));
const isPartOf = (path: string, pattern: string): boolean => {
  const parts = pattern
    .split("/")
    .map((part) => (part.startsWith("[...") ? ".+" : part.startsWith("[") ? "[^/]+" : part));
  return new RegExp(`^${parts.join("/").replaceAll(".json", "\\.json").replaceAll(".csv", "\\.csv")}$`, "u").test(path);
};
const placeholders = (pattern: string): number => pattern.split("[").length + 10 * pattern.split("[...").length;
/** The file that answers: of several that could, the one with the fewest placeholders. */
const patternOf = (address: string): string | undefined =>
  patterns
    .filter((pattern) => isPartOf(address.split("?", 1)[0] ?? "", pattern))
    .toSorted((a, b) => placeholders(a) - placeholders(b))[0];

it("names every page and route there is", () => {
  const asked = new Set([...routes.map(({ path }) => path), ...open, ...byLink, "/api/v1/nothing"].map(patternOf));
  expect(patterns.length).toBeGreaterThan(40);
  expect(patterns.filter((pattern) => !asked.has(pattern))).toEqual([]);
});

const ask = async (
  { path, body }: { readonly path: string; readonly body?: unknown },
  headers: Readonly<Record<string, string>>,
): Promise<Response> =>
  fetch(kit.url + path.replace("[id]", letter), {
    redirect: "manual",
    headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
  });

const isApi = (path: string): boolean => path.startsWith("/api/");

describe.each(routes)("$path", (route) => {
  it("is not for nobody", async () => {
    const response = await ask(route, {});
    await response.body?.cancel();
    expect(response.status).toBe(isApi(route.path) ? 401 : 307);
  });

  it.each(roles)("answers %s as the table of permissions says", async (role) => {
    const response = await ask(route, { cookie: cookies.get(role) ?? "" });
    await response.body?.cancel();
    const refused = isApi(route.path) ? 403 : 404;
    expect(response.status).toBe(mayDo(role, route.needs) ? (route.answer ?? 200) : refused);
  });
});

describe("a token", () => {
  const tokenWith = async (scope: TokenScope, role: Role, times: { expiresAt?: number } = {}): Promise<string> => {
    const { secret, hash } = newTokenSecret();
    await withControl(kit.home, async ({ access }) =>
      access.createToken(
        {
          name: randomUUID(),
          scopes: [scope],
          role,
          sources: [],
          systems: [],
          createdAt: Date.now(),
          expiresAt: times.expiresAt ?? null,
          secretHash: hash,
        },
        "command",
      ),
    );
    return secret;
  };
  const flows = { path: "/api/v1/flows" };

  it("with the scope read sees what its role sees", async () => {
    const support = { authorization: `Bearer ${await tokenWith("read", "support")}` };
    expect((await ask(flows, support)).status).toBe(200);
    expect((await ask({ path: "/api/v1/deadletters" }, support)).status).toBe(403);
    const engineer = { authorization: `Bearer ${await tokenWith("read", "engineer")}` };
    expect((await ask({ path: "/api/v1/deadletters" }, engineer)).status).toBe(200);
  });

  it("of another scope, expired, unknown or malformed is refused, a good cookie beside it or not", async () => {
    const cookie = cookies.get("administrator") ?? "";
    const statusOf = async (authorization: string): Promise<number> =>
      (await ask(flows, { authorization, cookie })).status;
    expect(await statusOf(`Bearer ${await tokenWith("ingest", "administrator")}`)).toBe(403);
    expect(await statusOf(`Bearer ${await tokenWith("read", "administrator", { expiresAt: Date.now() - 1 })}`)).toBe(
      401,
    );
    expect(await statusOf(`Bearer ${newTokenSecret().secret}`)).toBe(401);
    expect(await statusOf("Bearer nonsense")).toBe(401);
  });

  it("opens no page", async () => {
    const response = await ask({ path: "/" }, { authorization: `Bearer ${await tokenWith("read", "administrator")}` });
    expect(response.status).toBe(307);
  });

  it("with the scope metrics reads the metrics through a proxy, and no other does", async () => {
    const through = { "x-forwarded-for": "203.0.113.7" };
    expect((await ask({ path: "/metrics" }, {})).status).toBe(200);
    expect((await ask({ path: "/metrics" }, through)).status).toBe(401);
    const metrics = `Bearer ${await tokenWith("metrics", "administrator")}`;
    expect((await ask({ path: "/metrics" }, { ...through, authorization: metrics })).status).toBe(200);
    const read = `Bearer ${await tokenWith("read", "administrator")}`;
    expect((await ask({ path: "/metrics" }, { authorization: read })).status).toBe(403);
  });
});

describe("without a sign-in", () => {
  it.each(open)("%s answers", async (path) => {
    expect((await ask({ path }, {})).status).toBe(200);
  });

  it.each(byLink)("%s leads to signing in where no link brought anybody", async (path) => {
    const response = await ask({ path }, {});
    expect(response.status).toBe(307);
    expect(response.headers.get("location")).toMatch(/\/sign-in$/u);
  });

  it("an unknown address is not found, or leads to signing in", async () => {
    expect((await ask({ path: "/no/such/page" }, {})).status).toBe(404);
    expect((await ask({ path: "/api/v1/nothing" }, { cookie: cookies.get("support") ?? "" })).status).toBe(404);
  });
});

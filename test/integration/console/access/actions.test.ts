import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { mayDo, type Permission } from "#lib/access/permission.ts";
import { roles, type Role } from "#lib/access/role.ts";
import { createUser, prepareConsole, signIn, withControl } from "#test/support/console.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** A record, whose page has actions of its own. */
const record = "/record/order_no/SO-1";
const flow = "flow: orders\nrecord: { primary: order_no }\nsteps:\n  - { id: placed, system: oms }\n";
const kit = prepareConsole({ flows: { "orders.yaml": flow } });
const manifestFile = fileURLToPath(new URL("../../../../.next/server/server-reference-manifest.json", import.meta.url));

interface Manifest {
  readonly node: Readonly<Record<string, { readonly exportedName: string; readonly filename: string }>>;
}
const manifest = JSON.parse(readFileSync(manifestFile, "utf8")) as Manifest;
const idOf = new Map(Object.entries(manifest.node).map(([id, { exportedName }]) => [exportedName, id]));

interface TestedAction {
  readonly name: string;
  /** A page that has it. */
  readonly path: string;
  /** null: for everybody; what it does then is up to what it is given. */
  readonly needs: Permission | null;
  readonly input: unknown;
}

const noJourney = { flow: "none", primary: "none" };
const newToken = { name: "t", scopes: ["read"], role: "support", sources: "", systems: "", days: "" };

/** Every action there is, with input that changes nothing but what the test made for it. */
const actions: readonly TestedAction[] = [
  { name: "createAdministrator", path: "/set-up", needs: null, input: { key: "x", name: "eve", password: "x" } },
  { name: "choosePassword", path: "/new-password", needs: null, input: { key: "x", password: "x" } },
  { name: "saveLanguage", path: "/settings", needs: null, input: "en" },
  { name: "saveTheme", path: "/settings", needs: null, input: "light" },
  { name: "saveTimeZone", path: "/settings", needs: "profile.change", input: "UTC" },
  { name: "saveSingleKeys", path: "/settings", needs: "profile.change", input: true },
  { name: "changePassword", path: "/settings", needs: "profile.change", input: { current: "x", password: "x" } },
  { name: "connectSource", path: "/start", needs: "sources.connect", input: null },
  { name: "checkFlow", path: "/start", needs: "flows.declare", input: "flow: x" },
  { name: "declareFlow", path: "/start", needs: "flows.declare", input: "flow: x" },
  { name: "loadSample", path: "/start", needs: "sample.manage", input: null },
  { name: "removeSample", path: "/start", needs: "sample.manage", input: null },
  { name: "exceptField", path: "/settings/data", needs: "masking.change", input: { field: "nick_name" } },
  { name: "maskFieldAgain", path: "/settings/data", needs: "masking.change", input: { field: "nick_name" } },
  { name: "redriveDeadLetters", path: "/dead-letters", needs: "dead_letters.redrive", input: { source: "none" } },
  { name: "closeJourney", path: record, needs: "journeys.close", input: { ...noJourney, reason: "x" } },
  { name: "reopenJourney", path: record, needs: "journeys.close", input: noJourney },
  { name: "addNote", path: record, needs: "notes.write", input: { ...noJourney, text: "x" } },
  { name: "deleteNote", path: record, needs: "notes.write", input: { id: "none" } },
  { name: "restoreNote", path: record, needs: "notes.write", input: { id: "none" } },
  { name: "createToken", path: "/tokens/new", needs: "tokens.manage", input: newToken },
  { name: "revokeToken", path: "/tokens", needs: "tokens.manage", input: { id: "none" } },
  { name: "createUser", path: "/users/new", needs: "users.manage", input: { name: "", role: "support" } },
  { name: "changeRole", path: "/users", needs: "users.manage", input: { id: "none", role: "support" } },
  { name: "setUserDisabled", path: "/users", needs: "users.manage", input: { id: "none", disabled: true } },
  { name: "resetPassword", path: "/users", needs: "users.manage", input: { id: "none" } },
];

const cookies = new Map<Role, string>();
beforeAll(async () => {
  for (const role of roles) {
    await createUser(kit.home, role, role);
    cookies.set(role, await signIn(kit.url, role));
  }
  await kit.worker.sendHops([{ id: "1", source: "oms", step: "placed", time: Date.now(), keys: { order_no: "SO-1" } }]);
  await waitFor("the record's page", async () => {
    const { status } = await fetch(kit.url + record, { headers: { cookie: cookies.get("manager") ?? "" } });
    return status === 200;
  });
});

const call = async (
  { name, path, input }: Pick<TestedAction, "name" | "path" | "input">,
  headers: Readonly<Record<string, string>>,
): Promise<Response> =>
  fetch(kit.url + path, {
    method: "POST",
    redirect: "manual",
    headers: { ...headers, "next-action": idOf.get(name) ?? "", "content-type": "text/plain;charset=UTF-8" },
    body: JSON.stringify([input]),
  });

it("names every action there is", () => {
  expect(actions.map(({ name }) => name).toSorted()).toEqual([...idOf.keys()].toSorted());
});

describe.each(actions)("$name", (action) => {
  it("does nothing for nobody, unless it is for everybody", async () => {
    const response = await call(action, {});
    const redirect = response.headers.get("x-action-redirect");
    expect(redirect?.split(";")[0] ?? null).toBe(
      action.needs === null ? null : `/sign-in?next=${encodeURIComponent(action.path)}`,
    );
  });

  it.each(roles)("answers %s as the table of permissions says", async (role) => {
    const response = await call(action, { cookie: cookies.get(role) ?? "" });
    expect(response.status).toBe(action.needs === null || mayDo(role, action.needs) ? 200 : 404);
  });

  it("is refused from a page elsewhere", async () => {
    const cookie = cookies.get("administrator") ?? "";
    const response = await call(action, {
      cookie,
      origin: "https://elsewhere.example",
      "sec-fetch-site": "cross-site",
    });
    expect(response.status).toBe(403);
  });
});

describe("what a role may not do", () => {
  it("leaves no trace in the accounts and tokens", async () => {
    const before = await withControl(kit.home, async ({ access }) => [
      await access.listTokens(),
      await access.listUsers(),
    ]);
    const cookie = cookies.get("engineer") ?? "";
    const someone = before[1]?.[0]?.id;
    await call({ name: "createToken", path: "/tokens/new", input: newToken }, { cookie });
    await call({ name: "createUser", path: "/users/new", input: { name: "eve", role: "administrator" } }, { cookie });
    await call({ name: "changeRole", path: "/users", input: { id: someone, role: "auditor" } }, { cookie });
    const after = await withControl(kit.home, async ({ access }) => [
      await access.listTokens(),
      await access.listUsers(),
    ]);
    expect(after).toEqual(before);
  });
});

describe("a change of role", () => {
  it("ends the sessions of the account at once, in every browser", async () => {
    const id = await createUser(kit.home, "mover", "support");
    const first = await signIn(kit.url, "mover");
    const second = await signIn(kit.url, "mover");
    const statusOf = async (cookie: string): Promise<number> =>
      (await fetch(`${kit.url}/journeys`, { redirect: "manual", headers: { cookie } })).status;
    expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);
    const cookie = cookies.get("administrator") ?? "";
    await call({ name: "changeRole", path: "/users", input: { id, role: "auditor" } }, { cookie });
    expect([await statusOf(first), await statusOf(second)]).toEqual([307, 307]);
    const again = await signIn(kit.url, "mover");
    expect(await statusOf(again)).toBe(200);
    await call({ name: "setUserDisabled", path: "/users", input: { id, disabled: true } }, { cookie });
    expect(await statusOf(again)).toBe(307);
    await expect(signIn(kit.url, "mover")).rejects.toThrow("mover could not sign in");
  });

  it("does not take the last administrator away", async () => {
    const cookie = cookies.get("administrator") ?? "";
    const users = await withControl(kit.home, async ({ access }) => access.listUsers());
    const id = users.find(({ role }) => role === "administrator")?.id;
    const response = await call({ name: "changeRole", path: "/users", input: { id, role: "support" } }, { cookie });
    expect(await response.text()).toContain("lastAdministrator");
    const reset = await call({ name: "resetPassword", path: "/users", input: { id } }, { cookie });
    expect(await reset.text()).toContain("lastAdministrator");
  });
});

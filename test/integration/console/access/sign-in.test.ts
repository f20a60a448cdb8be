import { beforeAll, describe, expect, it } from "vitest";
import { hashPassword } from "#lib/access/password-hash.ts";
import {
  createUser,
  goodPassword,
  quickCost,
  signIn,
  trySignIn,
  prepareConsole,
  withControl,
} from "#test/support/console.ts";
import { waitFor } from "#test/support/wait-for.ts";

const kit = prepareConsole();

const pageStatus = async (cookie: string, path = "/"): Promise<number> =>
  (await fetch(kit.url + path, { headers: { cookie }, redirect: "manual" })).status;

beforeAll(async () => {
  await createUser(kit.home, "li", "support");
});

describe("signing in", () => {
  it("leads nobody to a page, and everybody who is signed in", async () => {
    const nobody = await fetch(`${kit.url}/journeys?state=failed`, { redirect: "manual" });
    expect(nobody.status).toBe(307);
    expect(nobody.headers.get("location")).toBe("/sign-in?next=%2Fjourneys%3Fstate%3Dfailed");
    expect(await pageStatus(await signIn(kit.url, "LI"))).toBe(200);
  });

  it("keeps the session in a cookie that scripts and other sites do not get", async () => {
    const { setCookies } = await trySignIn(kit.url, "li", goodPassword);
    const session = setCookies.find((cookie) => cookie.includes("session-token"));
    expect(session).toMatch(/HttpOnly/iu);
    expect(session).toMatch(/SameSite=Lax/iu);
    expect(session).not.toContain("li;");
  });

  it("says the same of a wrong password and of a name that does not exist", async () => {
    const wrong = await trySignIn(kit.url, "li", "not the password");
    const stranger = await trySignIn(kit.url, "nobody", "not the password");
    expect([wrong.status, wrong.error, wrong.cookie]).toEqual([401, "wrong", ""]);
    expect([stranger.status, stranger.error, stranger.cookie]).toEqual([401, "wrong", ""]);
  });

  it("refuses credentials without the CSRF token of this browser", async () => {
    const body = new URLSearchParams({ name: "li", password: goodPassword, json: "true", csrfToken: "guessed" });
    const response = await fetch(`${kit.url}/api/auth/callback/credentials`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: body.toString(),
    });
    expect(response.headers.getSetCookie().join()).not.toContain("session-token");
  });

  it("takes no cookie that was made or changed elsewhere", async () => {
    const cookie = await signIn(kit.url, "li");
    expect(await pageStatus(`${cookie.slice(0, -6)}AAAAAA`)).toBe(307);
    expect(await pageStatus("next-auth.session-token=eyJhbGciOiJub25lIn0.e30.")).toBe(307);
  });
});

describe("too many attempts", () => {
  it("lock the name for a while, the right password included, and the audit tells", async () => {
    await createUser(kit.home, "locked", "support");
    for (let attempt = 1; attempt < 5; attempt += 1) {
      expect((await trySignIn(kit.url, "locked", `guess ${attempt}`)).error).toBe("wrong");
    }
    const fifth = await trySignIn(kit.url, "locked", "guess 5");
    expect(fifth.error).toMatch(/^locked:\d+$/u);
    const right = await trySignIn(kit.url, "locked", goodPassword);
    expect([right.error, right.cookie]).toEqual([fifth.error, ""]);
    const until = Number(fifth.error?.split(":")[1]);
    expect(until - Date.now()).toBeLessThanOrEqual(60_000);
    expect(until).toBeGreaterThan(Date.now());
    const refused = await waitFor("the fifth in the audit", async () => {
      const { items } = await withControl(kit.home, async ({ audit }) =>
        audit.list({ by: "locked", action: "user.sign_in_refused", cursor: null, limit: 10 }),
      );
      return items.length >= 5 && items;
    });
    expect(refused).toHaveLength(5);
    expect(JSON.stringify(refused)).not.toContain("guess");
  });

  it("lock a name that does not exist just the same", async () => {
    const errors: (string | null)[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      errors.push((await trySignIn(kit.url, "stranger", "guess")).error);
    }
    expect(errors.slice(0, 4)).toEqual(["wrong", "wrong", "wrong", "wrong"]);
    expect(errors[4]).toMatch(/^locked:/u);
    expect(errors[5]).toBe(errors[4]);
  });
});

describe("a session ends at once", () => {
  const begin = async (name: string): Promise<{ readonly id: string; readonly cookie: string }> => {
    const id = await createUser(kit.home, name, "engineer");
    const cookie = await signIn(kit.url, name);
    expect(await pageStatus(cookie)).toBe(200);
    return { id, cookie };
  };

  it("when the role changes", async () => {
    const { id, cookie } = await begin("role");
    await withControl(kit.home, async ({ access }) => access.changeRole(id, "auditor", "command"));
    expect(await pageStatus(cookie)).toBe(307);
  });

  it("when the account is disabled, which then cannot sign in", async () => {
    const { id, cookie } = await begin("disabled");
    await withControl(kit.home, async ({ access }) => access.setDisabled(id, true, "command"));
    expect(await pageStatus(cookie)).toBe(307);
    expect((await trySignIn(kit.url, "disabled", goodPassword)).error).toBe("wrong");
  });

  it("when the password changes", async () => {
    const { id, cookie } = await begin("password");
    const passwordHash = await hashPassword("another good password", quickCost);
    await withControl(kit.home, async ({ access }) => access.changePassword(id, passwordHash, "command"));
    expect(await pageStatus(cookie)).toBe(307);
    expect((await trySignIn(kit.url, "password", "another good password")).error).toBeNull();
  });

  it("for the read API as well", async () => {
    const { id, cookie } = await begin("api");
    const ask = async (): Promise<number> => (await fetch(`${kit.url}/api/v1/flows`, { headers: { cookie } })).status;
    expect(await ask()).toBe(200);
    await withControl(kit.home, async ({ access }) => access.changeRole(id, "support", "command"));
    expect(await ask()).toBe(401);
  });

  it("and is not brought back by asking for it", async () => {
    const { id, cookie } = await begin("renewed");
    await withControl(kit.home, async ({ access }) => access.setDisabled(id, true, "command"));
    const response = await fetch(`${kit.url}/api/auth/session`, { headers: { cookie } });
    expect(await response.json()).toEqual({});
    expect(response.headers.getSetCookie().some((each) => /session-token=;/u.test(each))).toBe(true);
  });
});

describe("a session that is used", () => {
  it("is renewed by next-auth's session route, and tells the page nothing it need not know", async () => {
    const cookie = await signIn(kit.url, "li");
    const response = await fetch(`${kit.url}/api/auth/session`, { headers: { cookie } });
    expect(Object.keys((await response.json()) as object)).toEqual(["expires"]);
    expect(response.headers.getSetCookie().some((each) => /session-token=ey/u.test(each))).toBe(true);
  });
});

describe("a body that is too long for credentials", () => {
  it("is refused before it is read", async () => {
    const response = await fetch(`${kit.url}/api/auth/callback/credentials`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `name=${"x".repeat(70_000)}`,
    });
    expect(response.status).toBe(413);
  });
});

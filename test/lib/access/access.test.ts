import { describe, expect, it } from "vitest";
import { checkToken } from "#lib/access/check-token.ts";
import { isLocked, lockUntil } from "#lib/access/lockout.ts";
import { hashPassword, HashingBusyError, verifyNobody, verifyPassword } from "#lib/access/password-hash.ts";
import { passwordProblem } from "#lib/access/password-policy.ts";
import { maySee, mayDo, permissions } from "#lib/access/permission.ts";
import { roles } from "#lib/access/role.ts";
import { absoluteLimitMs, idleLimitMs, isSessionAlive } from "#lib/access/session.ts";
import { bearerSecretOf, hashTokenSecret, newTokenSecret } from "#lib/access/token-secret.ts";
import type { Token } from "#lib/storage/access.ts";

describe("permissions", () => {
  it("let every role look a record up and change its own profile", () => {
    for (const role of roles) {
      expect(mayDo(role, "records.read")).toBe(true);
      expect(mayDo(role, "profile.change")).toBe(true);
    }
  });

  it("give the administrator everything, payloads only to those who work on them, the audit only to who audits", () => {
    expect(permissions.every((permission) => mayDo("administrator", permission))).toBe(true);
    expect(roles.filter((role) => mayDo(role, "payloads.read"))).toEqual(["support", "engineer", "administrator"]);
    expect(roles.filter((role) => mayDo(role, "dead_letters.read"))).toEqual(["engineer", "administrator"]);
    expect(roles.filter((role) => mayDo(role, "audit.read"))).toEqual(["administrator", "auditor"]);
  });

  it("show a flow to the roles it names, to all where it names none", () => {
    expect(maySee("support", undefined)).toBe(true);
    expect(maySee("support", ["support", "manager"])).toBe(true);
    expect(maySee("engineer", ["support", "manager"])).toBe(false);
    expect(maySee("administrator", [])).toBe(false);
  });
});

describe("a new password", () => {
  it.each([
    ["correct horse battery", "li"],
    ["三文鱼配米饭还要一碗热汤好喝", "王伟"],
    ["kX9-trellis-owl", "li"],
  ])("may be %j", (password, name) => {
    expect(passwordProblem(password, name)).toBeNull();
  });

  it.each([
    ["short", "li", "at least 12"],
    ["x".repeat(201), "li", "at most 200"],
    ["password2026", "li", "easy to guess"],
    ["Hopline123!!", "li", "easy to guess"],
    ["aaaaaaaaaaaaa", "li", "easy to guess"],
    ["123456789012", "li", "easy to guess"],
    ["abcdefghijklm", "li", "easy to guess"],
    ["my-name-is-LIWEI-x", "LiWei", "Leave your name out"],
  ])("may not be %j, and says what to do", (password, name, sentence) => {
    const problem = passwordProblem(password, name);
    expect(problem?.en).toContain(sentence);
    expect(problem?.zh).toMatch(/\p{Script=Han}/u);
  });
});

describe("a password hash", () => {
  it("verifies the password it was made from, however it was typed, and no other", async () => {
    const hash = await hashPassword("café au lait, twice");
    expect(hash).toMatch(/^scrypt\$17\$8\$1\$/);
    expect(await verifyPassword("cafe\u0301 au lait, twice", hash)).toBe(true);
    expect(await verifyPassword("café au lait, thrice", hash)).toBe(false);
  });

  it("differs for the same password, and never holds it", async () => {
    const [one, two] = [await hashPassword("correct horse battery"), await hashPassword("correct horse battery")];
    expect(one).not.toBe(two);
    expect(one).not.toContain("horse");
  });

  it("verifies nothing where there is no hash", async () => {
    expect(await verifyPassword("", "")).toBe(false);
    expect(await verifyPassword("x", "scrypt$1$1$1$$")).toBe(false);
    expect(await verifyNobody("x")).toBe(false);
  });
});

describe("a token", () => {
  const token: Token = {
    id: "1",
    name: "oms",
    scopes: ["ingest"],
    role: "support",
    sources: [],
    systems: [],
    createdAt: 0,
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
  };

  it("is a text beginning with hop_ that is kept as its hash only", () => {
    const { secret, hash } = newTokenSecret();
    expect(secret).toMatch(/^hop_[\w-]{43}$/);
    expect(hash).toBe(hashTokenSecret(secret));
    expect(hash).not.toContain(secret.slice(4, 12));
    expect(newTokenSecret().secret).not.toBe(secret);
  });

  it("is taken from a Bearer header and from nothing else", () => {
    const { secret } = newTokenSecret();
    expect(bearerSecretOf(`Bearer ${secret}`)).toBe(secret);
    expect(bearerSecretOf(`bearer  ${secret} `)).toBe(secret);
    for (const header of [null, undefined, "", secret, `Basic ${secret}`, "Bearer hop_short", `Bearer ${secret}x`]) {
      expect(bearerSecretOf(header)).toBeNull();
    }
  });

  it("is good for its scopes until it expires or is revoked", () => {
    expect(checkToken(token, "ingest", 10)).toBeNull();
    expect(checkToken(null, "ingest", 10)).toBe("unknown");
    expect(checkToken(token, "read", 10)).toBe("scope");
    expect(checkToken({ ...token, expiresAt: 10 }, "ingest", 9)).toBeNull();
    expect(checkToken({ ...token, expiresAt: 10 }, "ingest", 10)).toBe("expired");
    expect(checkToken({ ...token, revokedAt: 10 }, "ingest", 10)).toBe("revoked");
  });
});

describe("the lockout", () => {
  it("begins at the fifth failure in a row and grows to an hour", () => {
    const locks = [0, 1, 2, 3, 4, 5, 6, 30].map((failedBefore) => lockUntil(failedBefore, 1_000));
    expect(locks).toEqual([null, null, null, null, 61_000, 121_000, 241_000, 3_601_000]);
  });

  it("ends at the time said", () => {
    expect(isLocked(null, 0)).toBe(false);
    expect(isLocked(61_000, 60_999)).toBe(true);
    expect(isLocked(61_000, 61_000)).toBe(false);
  });
});

describe("a session", () => {
  const claims = { userId: "1", sessionVersion: 2, signedInAt: 0, lastUsedAt: 1_000 };
  const user = { id: "1", disabled: false, sessionVersion: 2 };

  it("lives while it is used and the account is as it was", () => {
    expect(isSessionAlive(claims, user, 2_000)).toBe(true);
    expect(isSessionAlive(claims, null, 2_000)).toBe(false);
    expect(isSessionAlive(claims, { ...user, id: "2" }, 2_000)).toBe(false);
    expect(isSessionAlive(claims, { ...user, disabled: true }, 2_000)).toBe(false);
    expect(isSessionAlive(claims, { ...user, sessionVersion: 3 }, 2_000)).toBe(false);
  });

  it("ends when idle too long, and at its limit however much it is used", () => {
    expect(isSessionAlive(claims, user, 1_000 + idleLimitMs - 1)).toBe(true);
    expect(isSessionAlive(claims, user, 1_000 + idleLimitMs)).toBe(false);
    const busy = { ...claims, lastUsedAt: absoluteLimitMs - 1 };
    expect(isSessionAlive(busy, user, absoluteLimitMs - 1)).toBe(true);
    expect(isSessionAlive(busy, user, absoluteLimitMs)).toBe(false);
  });
});

describe("many passwords at once", () => {
  it("are checked a few at a time, and refused when too many wait", async () => {
    const hash = await hashPassword("correct horse battery", 10);
    const checks = await Promise.allSettled(
      Array.from({ length: 80 }, async () => verifyPassword("correct horse battery", hash)),
    );
    const refused = checks.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every((check) => "reason" in check && check.reason instanceof HashingBusyError)).toBe(true);
    expect(await verifyPassword("correct horse battery", hash)).toBe(true);
  });
});

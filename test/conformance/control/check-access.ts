import { describe, expect, it } from "vitest";
import type { Access } from "#lib/storage/access.ts";
import { useControlBed, type ControlAdapter } from "#test/conformance/control/control-kit.ts";

const person = (name: string): Parameters<Access["createUser"]>[0] => ({
  name,
  role: "support",
  passwordHash: "hash-1",
  createdAt: 1_000,
});

const ingestToken = (secretHash: string): Parameters<Access["createToken"]>[0] => ({
  name: "oms",
  scopes: ["ingest", "read"],
  role: "support",
  sources: ["oms"],
  systems: ["crm", "finance"],
  createdAt: 1_000,
  expiresAt: null,
  secretHash,
});

export const checkAccess = (adapter: ControlAdapter): void => {
  describe(`access of ${adapter.name}`, () => {
    const kit = useControlBed(adapter);

    it("finds an account by its id and by its name in any case or width", async () => {
      const { access } = await kit.open("console");
      const made = await access.createUser(person("Li Wei"), "command");
      expect(made).toMatchObject({
        name: "Li Wei",
        role: "support",
        disabled: false,
        lastSignInAt: null,
        language: null,
      });
      expect(await access.findUser(made.id)).toEqual(made);
      expect(await access.findUserByName(" ＬＩ wei ")).toMatchObject({
        id: made.id,
        passwordHash: "hash-1",
        failedAttempts: 0,
      });
      expect(await access.findUser("nobody")).toBeNull();
      expect(await access.findUserByName("nobody")).toBeNull();
      expect(await access.countUsers()).toBe(1);
    });

    it("never hands out a password hash with a plain account", async () => {
      const { access } = await kit.open("console");
      const made = await access.createUser(person("li"), "command");
      expect(JSON.stringify([made, await access.findUser(made.id), await access.listUsers()])).not.toContain("hash-1");
    });

    it("refuses a name that differs by case only", async () => {
      const { access } = await kit.open("console");
      await access.createUser(person("li"), "command");
      await expect(access.createUser(person("LI"), "command")).rejects.toMatchObject({ code: "conflict" });
      expect(await access.countUsers()).toBe(1);
    });

    it("ends sessions when role, password or disabling changes, and only then", async () => {
      const { access } = await kit.open("console");
      const { id, sessionVersion } = await access.createUser(person("li"), "command");
      const versions = [sessionVersion];
      const note = async (): Promise<void> => {
        versions.push((await access.findUser(id))?.sessionVersion ?? -1);
      };
      await access.changeRole(id, "manager", "wang");
      await note();
      await access.changePassword(id, "hash-2", "wang");
      await note();
      await access.setDisabled(id, true, "wang");
      await note();
      expect(new Set(versions).size).toBe(4);
      expect(versions).toEqual(versions.toSorted((a, b) => a - b));
      await access.savePreferences(id, { language: "zh", theme: "dark", timeZone: "Asia/Tokyo", singleKeys: false });
      await access.recordSignIn(id, 2_000);
      await note();
      expect(versions[4]).toBe(versions[3]);
      expect(await access.findUserByName("li")).toMatchObject({
        role: "manager",
        passwordHash: "hash-2",
        disabled: true,
        language: "zh",
        theme: "dark",
        timeZone: "Asia/Tokyo",
        lastSignInAt: 2_000,
      });
    });

    it("counts failed sign-ins, locks, and forgets both at a sign-in", async () => {
      const { access } = await kit.open("console");
      const { id } = await access.createUser(person("li"), "command");
      await access.recordFailedSignIn(id, 2_000, null);
      await access.recordFailedSignIn(id, 2_100, 9_000);
      expect(await access.findUserByName("li")).toMatchObject({ failedAttempts: 2, lockedUntil: 9_000 });
      await access.recordSignIn(id, 10_000);
      expect(await access.findUserByName("li")).toMatchObject({ failedAttempts: 0, lockedUntil: null });
    });

    it("refuses a change of an account that does not exist", async () => {
      const { access, audit } = await kit.open("console");
      await expect(access.changeRole("nobody", "auditor", "wang")).rejects.toMatchObject({ code: "conflict" });
      expect((await audit.list({ cursor: null, limit: 10 })).items).toEqual([]);
    });

    it("keeps somebody who can sign in as administrator, whoever asks for what", async () => {
      const { access, audit } = await kit.open("console");
      const admin = await access.createUser({ ...person("wang"), role: "administrator" }, "command");
      const invited = await access.createUser(
        { ...person("zhao"), role: "administrator", passwordHash: { secretHash: "link-1", expiresAt: 9_000 } },
        "wang",
      );
      const refused = { code: "conflict" };
      await expect(access.changeRole(admin.id, "support", "wang")).rejects.toMatchObject(refused);
      await expect(access.setDisabled(admin.id, true, "wang")).rejects.toMatchObject(refused);
      const link = { secretHash: "link-2", expiresAt: 9_000 };
      await expect(access.savePasswordLink(admin.id, link, "wang")).rejects.toMatchObject(refused);
      expect(await access.findPasswordLink("link-2", 1_000)).toBeNull();
      expect(await access.findUser(admin.id)).toEqual(admin);
      expect((await audit.list({ cursor: null, limit: 10 })).items).toHaveLength(2);

      await access.usePasswordLink("link-1", "hash-9", 2_000);
      await access.changeRole(admin.id, "support", "zhao");
      await expect(access.setDisabled(invited.id, true, "zhao")).rejects.toMatchObject(refused);
    });

    it("lets a person choose a password by a link once, which ends the sessions of before", async () => {
      const { access, audit } = await kit.open("console");
      const { id } = await access.createUser(person("li"), "command");
      await access.savePasswordLink(id, { secretHash: "link-1", expiresAt: 5_000 }, "wang");
      expect(await access.findUserByName("li")).toMatchObject({ passwordHash: "", sessionVersion: 2 });
      await access.savePasswordLink(id, { secretHash: "link-2", expiresAt: 5_000 }, "wang");
      expect(await access.findPasswordLink("link-1", 1_000)).toBeNull();
      expect(await access.findPasswordLink("link-2", 5_000)).toBeNull();
      expect(await access.findPasswordLink("link-2", 4_999)).toMatchObject({ id, name: "li" });
      expect(await access.usePasswordLink("link-2", "hash-2", 4_999)).toMatchObject({ id, sessionVersion: 4 });
      expect(await access.usePasswordLink("link-2", "hash-3", 4_999)).toBeNull();
      expect(await access.findUserByName("li")).toMatchObject({ passwordHash: "hash-2" });
      const { items } = await audit.list({ cursor: null, limit: 10 });
      expect(items.map((entry) => [entry.by, entry.action])).toEqual([
        ["li", "user.password_chosen"],
        ["wang", "user.password_link_made"],
        ["wang", "user.password_link_made"],
        ["command", "user.created"],
      ]);
      expect(JSON.stringify(items)).not.toMatch(/link-|hash-/);
    });

    it("audits every change with who made it, without secrets", async () => {
      const { access, audit } = await kit.open("console");
      const { id } = await access.createUser(person("li"), "command");
      await access.changeRole(id, "auditor", "wang");
      await access.changePassword(id, "hash-2", "li");
      const token = await access.createToken(ingestToken("secret-hash"), "wang");
      await access.revokeToken(token.id, 5_000, "wang");
      const { items } = await audit.list({ cursor: null, limit: 10 });
      expect(items.map((entry) => [entry.by, entry.action, entry.object])).toEqual([
        ["wang", "token.revoked", "token:oms"],
        ["wang", "token.created", "token:oms"],
        ["li", "user.password_changed", "user:li"],
        ["wang", "user.role_changed", "user:li"],
        ["command", "user.created", "user:li"],
      ]);
      expect(JSON.stringify(items)).not.toMatch(/hash-|secret-hash/);
    });

    it("finds a token by its secret's hash in every process, revoked ones included", async () => {
      const [command, worker] = [await kit.open("command"), await kit.open("worker")];
      const made = await command.access.createToken(ingestToken("secret-1"), "command");
      expect(await worker.access.findToken("secret-1")).toMatchObject({
        id: made.id,
        scopes: ["ingest", "read"],
        role: "support",
        sources: ["oms"],
        systems: ["crm", "finance"],
        revokedAt: null,
      });
      expect(await worker.access.findToken("secret-2")).toBeNull();
      expect(await command.access.revokeToken(made.id, 5_000, "wang")).toBe(true);
      expect(await command.access.revokeToken(made.id, 6_000, "wang")).toBe(false);
      expect(await worker.access.findToken("secret-1")).toMatchObject({ revokedAt: 5_000 });
    });

    it("notes when a token was last used", async () => {
      const { access } = await kit.open("worker");
      await access.createToken(ingestToken("secret-1"), "command");
      kit.bed.now = 70_000;
      await access.findToken("secret-1");
      expect((await access.listTokens()).map((token) => token.lastUsedAt)).toEqual([70_000]);
    });

    it("creates the administrator by the set-up link once", async () => {
      const { access } = await kit.open("console");
      await access.saveSetupLink("link-1", 10_000);
      const admin = { name: "wang", passwordHash: "hash-1", createdAt: 5_000 };
      expect(await access.useSetupLink("other", admin)).toBeNull();
      expect(await access.useSetupLink("link-1", admin)).toMatchObject({ name: "wang", role: "administrator" });
      expect(await access.useSetupLink("link-1", { ...admin, name: "second" })).toBeNull();
      expect(await access.countUsers()).toBe(1);
    });

    it("forgets a set-up link that is replaced, expired or no longer needed", async () => {
      const { access } = await kit.open("console");
      await access.saveSetupLink("link-1", 10_000);
      await access.saveSetupLink("link-2", 10_000);
      const admin = { name: "wang", passwordHash: "hash-1", createdAt: 5_000 };
      expect(await access.useSetupLink("link-1", admin)).toBeNull();
      expect(await access.useSetupLink("link-2", { ...admin, createdAt: 10_000 })).toBeNull();
      await access.saveSetupLink("link-3", 10_000);
      await access.createUser(person("li"), "command");
      expect(await access.useSetupLink("link-3", admin)).toBeNull();
      await expect(access.saveSetupLink("link-4", 10_000)).rejects.toMatchObject({ code: "conflict" });
      expect(await access.countUsers()).toBe(1);
    });
  });
};

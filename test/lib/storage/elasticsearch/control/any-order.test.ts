import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { Role } from "#lib/access/role.ts";
import { nameForm } from "#lib/access/name-form.ts";
import { controlSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import type { ControlStorage } from "#lib/storage/storage.ts";
import { StorageError } from "#lib/storage/storage-error.ts";
import { setUpControlCorner } from "#test/support/control-corner.ts";

const corner = setUpControlCorner();
afterEach(corner.empty);

type Step =
  | { readonly kind: "create"; readonly name: string; readonly role: Role }
  | { readonly kind: "role"; readonly place: number; readonly role: Role }
  | { readonly kind: "disable"; readonly place: number; readonly disabled: boolean }
  | { readonly kind: "link"; readonly place: number }
  | { readonly kind: "read" };

const role = fc.constantFrom<Role>("administrator", "support", "auditor");
const place = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("create" as const), name: fc.constantFrom("a", "A", "b", "c", "__proto__"), role }),
  fc.record({ kind: fc.constant("role" as const), place, role }),
  fc.record({ kind: fc.constant("disable" as const), place, disabled: fc.boolean() }),
  fc.record({ kind: fc.constant("link" as const), place }),
  fc.record({ kind: fc.constant("read" as const) }),
);

const act = async ({ access, audit }: ControlStorage, one: Step): Promise<void> => {
  if (one.kind === "create") {
    await access.createUser({ name: one.name, role: one.role, passwordHash: "h", createdAt: 1 }, "x");
    return;
  }
  if (one.kind === "read") {
    await audit.append([{ at: 1, by: "x", action: "record.read", object: "o", result: "done" }]);
    return;
  }
  const users = await access.listUsers();
  const id = users[one.place % users.length]?.id ?? "";
  if (one.kind === "role") await access.changeRole(id, one.role, "x");
  else if (one.kind === "disable") await access.setDisabled(id, one.disabled, "x");
  else await access.savePasswordLink(id, { secretHash: `s${id}`, expiresAt: 10 }, "x");
};

/** How many of them were done; the others were refused as a conflict, and nothing else ever happens. */
const actAll = async (storage: ControlStorage, steps: readonly Step[]): Promise<number> => {
  let done = 0;
  for (const one of steps) {
    try {
      await act(storage, one);
      done += 1;
    } catch (error) {
      if (!(error instanceof StorageError && error.code === "conflict")) throw error;
    }
  }
  return done;
};

describe("any changes by several processes, in any order", () => {
  it("keep every name once, an administrator, and an entry for each change in an unbroken chain", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { maxLength: 12 }), { minLength: 2, maxLength: 4 }), async (plans) => {
        await corner.empty();
        const { storage } = await corner.open();
        await storage.access.createUser(
          { name: "first", role: "administrator", passwordHash: "h", createdAt: 1 },
          "command",
        );
        const born = await Promise.all(plans.map(async () => corner.open()));
        const done = await Promise.all(plans.map(async (plan, at) => actAll(born[at]?.storage ?? storage, plan)));
        // what was queued is chained by those who queued it
        await Promise.all(born.map(async ({ storage: each }) => each.audit.heads()));
        await corner.seen();

        const users = await storage.access.listUsers();
        const forms = users.map(({ name }) => nameForm(name));
        expect(new Set(forms).size).toBe(forms.length);
        expect(users.some((user) => user.role === "administrator" && !user.disabled && user.hasPassword)).toBe(true);
        for (const user of users) {
          expect(await storage.access.findUser(user.id)).toEqual(user);
          expect(await storage.access.findUserByName(user.name)).toMatchObject({ id: user.id });
        }
        const documents = await corner.cluster.search(corner.cluster.aliasOf(controlSchema), {
          query: { term: { kind: "user" } },
          size: 0,
          track_total_hits: true,
        });
        expect(documents.hits.total).toMatchObject({ value: users.length });
        const { items } = await storage.audit.list({ cursor: null, limit: 1_000 });
        expect(items).toHaveLength(1 + done.reduce((sum, each) => sum + each, 0));
        expect(await storage.audit.verify()).toBeNull();
      }),
      { numRuns: 8 },
    );
  });
});

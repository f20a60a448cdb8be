import { beforeAll, describe, expect, it } from "vitest";
import { findAxeViolations, phone, picture, prepareBrowser, scrollsSideways } from "#test/support/browser.ts";
import { createUser, goodPassword, prepareConsole, signIn } from "#test/support/console.ts";

const flow = [
  "flow: orders",
  "title: { en: Orders, zh: 订单 }",
  "record: { primary: order_no }",
  "steps:",
  "  - { id: placed, system: oms }",
  "  - { id: posted, system: finance, after: placed, within: 5m }",
].join("\n");
const kit = prepareConsole({
  flows: { "orders.yaml": flow, "refund.yaml": "flow: refund\nsteps: [{ id: a, systm: b }]\n" },
});
const browser = prepareBrowser();

let cookie = "";
beforeAll(async () => {
  await createUser(kit.home, "root", "administrator");
  cookie = await signIn(kit.url, "root");
  const time = new Date().toISOString();
  await kit.worker.post("/v1/hops", [
    {
      source: "oms",
      step: "placed",
      system: "oms",
      time,
      keys: { order_no: "SO-1" },
      payload: { customer_name: "王小明" },
    },
    {
      source: "oms",
      step: "placed",
      system: "oms",
      keys: { order_no: "SO-2" },
      payload: "<img src=x onerror=alert(1)>",
    },
  ]);
});

describe("the administrator", () => {
  it("makes an account by a link, and its person is signed out at once by a change of role", async () => {
    const { page, complaints } = await browser.open({ cookie, url: kit.url });
    await page.goto(`${kit.url}/users/new`);
    await page.getByLabel("Name, as others will see it").fill("Zhang");
    await page.getByRole("button", { name: "Make the account" }).click();
    const link = (await page.locator("pre").textContent()) ?? "";
    expect(link).toContain("/new-password?key=");
    const path = new URL(link);

    const person = await browser.open();
    await person.page.goto(`${kit.url}${path.pathname}${path.search}`);
    expect(await findAxeViolations(person.page)).toEqual([]);
    await person.page.getByLabel("New password").fill(goodPassword);
    await person.page.getByLabel("The same password again").fill(goodPassword);
    await person.page.getByRole("button", { name: "Save and sign in" }).click();
    await person.page.getByRole("button", { name: "Account of Zhang" }).waitFor();
    expect(await person.page.getByRole("navigation", { name: "Main" }).first().textContent()).toContain("Flows");

    await page.goto(`${kit.url}/users`);
    await page.getByLabel("Role of Zhang").selectOption("auditor");
    await page.getByRole("dialog").getByRole("button", { name: "Change the role" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await person.page.waitForURL(/\/sign-in/u, { timeout: 20_000 });
    expect(await findAxeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("sees what others do without loading the page, and keeps what is open meanwhile", async () => {
    const { page, complaints } = await browser.open({ cookie, url: kit.url });
    await page.goto(`${kit.url}/users`);
    await createUser(kit.home, "Early", "support");
    await page.getByRole("button", { name: "Disable: Early" }).click({ timeout: 20_000 });
    await createUser(kit.home, "Later", "support");
    // the stream has told of it by then, to whoever listens
    const second = await browser.open({ cookie, url: kit.url });
    await second.page.goto(`${kit.url}/audit?action=user.created`);
    await second.page.getByText("user:Later").first().waitFor();
    expect(await page.getByRole("dialog").isVisible()).toBe(true);
    expect(await page.getByText("Later", { exact: true }).count()).toBe(0);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Disable: Later" }).waitFor({ timeout: 20_000 });

    await second.page.goto(`${kit.url}/dead-letters`);
    await kit.worker.post("/v1/hops", [
      { source: "late-source", step: "placed", system: "oms", keys: { order_no: "1" } },
    ]);
    await second.page.getByRole("cell", { name: "late-source", exact: true }).waitFor({ timeout: 20_000 });
    expect(complaints).toEqual([]);
  });

  it("makes a token that works as its command says, and revokes it", async () => {
    const { page } = await browser.open({ cookie, url: kit.url });
    await page.goto(`${kit.url}/tokens/new`);
    await page.getByLabel("Name", { exact: true }).fill("report");
    await page.getByLabel("send events").uncheck();
    await page.getByRole("checkbox", { name: /^read for reports/u }).check();
    await page.getByRole("button", { name: "Make the token" }).click();
    const secret = (await page.locator("pre").first().textContent()) ?? "";
    const read = async (): Promise<number> =>
      (await fetch(`${kit.url}/api/v1/flows`, { headers: { authorization: `Bearer ${secret}` } })).status;
    expect(await read()).toBe(200);
    await page.getByRole("link", { name: "Back to the tokens" }).click();
    await page.getByRole("button", { name: "Revoke: report" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke", exact: true }).click();
    await page.getByText(/^Revoked /u).waitFor();
    expect(await read()).toBe(401);
  });

  it("reads a rejected event as text, re-drives it and sees the result", async () => {
    const { page, complaints } = await browser.open({ cookie, url: kit.url });
    await page.goto(`${kit.url}/dead-letters`);
    await page.getByRole("link", { name: "No time", exact: true }).last().click();
    // the list shows the text too
    await page.waitForURL(/\/dead-letters\/[\w-]+$/u);
    await page.getByText("<img src=x onerror=alert(1)>").waitFor();
    await page.getByRole("button", { name: "Re-drive", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Re-drive" }).click();
    await page.getByText("1 rejected again").waitFor();
    expect(complaints).toEqual([]);
  });

  it("stops masking a field from now on, and finds it in the audit", async () => {
    const { page } = await browser.open({ cookie, url: kit.url });
    await expect
      .poll(
        async () => {
          await page.goto(`${kit.url}/settings/data`);
          return page.getByRole("button", { name: "Stop masking: customer_name" }).count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    await page.getByRole("button", { name: "Stop masking: customer_name" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stop masking" }).click();
    await page.getByRole("button", { name: "Mask again: customer_name" }).waitFor();
    await page.goto(`${kit.url}/audit?action=masking_exception.added`);
    await page.getByText("field:customer_name").waitFor();
    await page.getByText(/The chain of all \d+ entries is whole/u).waitFor();
  });

  it("reads what is wrong in a flow's file, at its line", async () => {
    const { page } = await browser.open({ cookie, url: kit.url });
    await page.goto(`${kit.url}/flows`);
    await page.getByRole("link", { name: "Show the file" }).first().click();
    await page.getByRole("list", { name: "refund.yaml as it stands now" }).waitFor();
    await page.getByRole("link", { name: "Orders" }).click();
    await page.getByRole("heading", { name: "Orders" }).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
  });
});

const pages = [
  "/users",
  "/users/new",
  "/tokens",
  "/tokens/new",
  "/dead-letters",
  "/sources",
  "/audit",
  "/settings",
  "/settings/data",
  "/flows",
  "/flows/orders",
];

describe.each([
  ["light", "en-US"],
  ["dark", "zh-CN"],
] as const)("on a phone, %s, %s", (colorScheme, locale) => {
  it("no page scrolls sideways or has anything for axe to find", async () => {
    const { page, complaints } = await browser.open({ cookie, url: kit.url, viewport: phone, colorScheme, locale });
    for (const path of pages) {
      await page.goto(kit.url + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect([path, await findAxeViolations(page)]).toEqual([path, []]);
      expect([path, await scrollsSideways(page)]).toEqual([path, false]);
      await picture(page, `administration${path.replaceAll("/", "-")}-phone-${colorScheme}-${locale}`);
    }
    expect(complaints).toEqual([]);
  });
});

import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { findAxeViolations, phone, picture, prepareBrowser, scrollsSideways } from "#test/support/browser.ts";
import { createUser, prepareConsole, signIn } from "#test/support/console.ts";
import { waitFor } from "#test/support/wait-for.ts";

const flow = `
flow: order-to-cash
title: { en: Order to cash, zh: 订单到收款 }
record: { primary: order_no, aliases: [payment_no] }
steps:
  - { id: placed, system: oms, owners: { processes: integration } }
  - { id: posted, system: finance, after: placed, within: 5m, sources: [finance], owners: { processes: finance-it } }
`;
const people = {
  "systems.yaml": "oms: { title: { en: Order centre } }\nfinance: { title: { en: Finance } }\n",
  "teams.yaml": 'finance-it: { title: { en: Finance IT }, contacts: { phone: "8021" } }\n',
};
const kit = prepareConsole({ flows: { "orders.yaml": flow, ...people } });
const browser = prepareBrowser();
let cookie = "";
const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();

beforeAll(async () => {
  await createUser(kit.home, "li", "support");
  cookie = await signIn(kit.url, "li");
  await kit.worker.sendHops([
    { id: "1", system: "oms", time: at(60), keys: { order_no: "SO-1042", payment_no: "P-9001" } },
    {
      id: "2",
      system: "finance",
      source: "finance",
      time: at(59),
      keys: { order_no: "SO-1042" },
      outcome: "failed",
      error: { class: "missing_field", field: "tax_no" },
    },
  ]);
  await waitFor("the order to be judged", async () => {
    const response = await fetch(`${kit.url}/api/v1/journeys?state=failed`, { headers: { cookie } });
    return (await response.text()).includes("SO-1042");
  });
});

const open = async (path = "", options: Parameters<typeof browser.open>[0] = {}): Promise<Page> => {
  const { page } = await browser.open({ cookie, url: kit.url, ...options });
  await page.goto(kit.url + path);
  await page.getByRole("main").waitFor();
  return page;
};
const focused = async (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.tagName ?? "");

/** Opens the list of keys, which begin to work a moment after the page is seen. */
const listKeys = async (page: Page): Promise<Locator> => {
  const list = page.getByRole("dialog", { name: "Keys" });
  await waitFor(
    "? to list the keys",
    async () => {
      await page.keyboard.press("?");
      return list.isVisible();
    },
    { intervalMs: 300 },
  );
  return list;
};

describe("the clerk's task with the keyboard alone", () => {
  it("takes at most three actions from home to cause and owner", async () => {
    const page = await open();
    await expect.poll(async () => focused(page)).toBe("INPUT");
    const actions: string[] = [];
    const began = performance.now();
    const act = async (what: string, how: () => Promise<void>): Promise<void> => {
      actions.push(what);
      await how();
    };
    await act("paste the payment number", async () => page.keyboard.insertText("P-9001"));
    await act("press Enter", async () => page.keyboard.press("Enter"));
    await page.waitForURL(`${kit.url}/record/order_no/SO-1042`);
    const main = page.getByRole("main");
    await main
      .getByText(/SO-1042 .*Finance/u)
      .first()
      .waitFor();
    const text = (await main.textContent()) ?? "";
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    console.info(`clerk's task: ${actions.length} actions after opening (${actions.join(", ")}), ${seconds} s`);
    expect(actions.length).toBeLessThanOrEqual(3);
    expect(text).toContain("tax_no");
    expect(text).toContain("Finance IT");
    expect(
      await page
        .getByRole("link", { name: /Finance IT/u })
        .first()
        .getAttribute("href"),
    ).toBe("tel:8021");
  });
});

describe("the keys of every page", () => {
  it("lists them on ?, over the page, and gives the focus back", async () => {
    const page = await open("/journeys");
    const list = await listKeys(page);
    expect(await findAxeViolations(page)).toEqual([]);
    await picture(page, "keys-desktop");
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
    expect(page.url()).toBe(`${kit.url}/journeys`);
  });

  it("jumps to a page on G and its letter, and a level up on Esc", async () => {
    const page = await open("/journeys");
    await listKeys(page);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("m");
    await page.waitForURL(`${kit.url}/look-up`);
    await expect.poll(async () => focused(page)).toBe("TEXTAREA");
    await page.keyboard.press("g");
    expect(await page.getByRole("textbox", { name: "Numbers or a message" }).inputValue()).toBe("g");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.waitForURL(`${kit.url}/`);
    await expect.poll(async () => focused(page)).toBe("INPUT");
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await page.waitForURL(`${kit.url}/journeys`);
  });

  it("does nothing on single keys where they are turned off, and still takes Ctrl K", async () => {
    const page = await open("/journeys");
    await listKeys(page);
    await page.getByRole("button", { name: "Turn single keys off" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await page.keyboard.press("/");
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(page.url()).toBe(`${kit.url}/journeys`);
    await page.keyboard.press("Control+k");
    await expect.poll(async () => focused(page)).toBe("INPUT");
  });

  it("goes with the account to another browser, whose settings turn single keys on again", async () => {
    const page = await open("/settings");
    const keys = page.getByRole("group", { name: "Single keys" });
    expect(await keys.getByLabel("Off").isChecked()).toBe(true);
    await page.keyboard.press("?");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await keys.getByLabel("On").check();
    await page.getByText("Saved").waitFor();
    await page.getByRole("heading", { level: 1 }).click();
    await listKeys(page);
  });

  it("are listed together with those of a record's page", async () => {
    const page = await open("/record/order_no/SO-1042");
    const list = await listKeys(page);
    const own = list.getByRole("region", { name: "On this page" });
    expect(await own.textContent()).toContain("Evidence");
    expect(await list.textContent()).toContain("Failures");
    expect(await page.getByRole("dialog").count()).toBe(1);
    expect(await findAxeViolations(page)).toEqual([]);
    await picture(page, "keys-record-desktop");
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
    expect(page.url()).toContain("/record/");
  });
});

describe("the help", () => {
  it("is one key and a link away, for the page that is open", async () => {
    const page = await open("/journeys");
    await page.getByRole("link", { name: "Help" }).click();
    await page.getByRole("heading", { name: "Records", level: 1 }).waitFor();
    await listKeys(page);
    await page.getByRole("link", { name: "Help for this page" }).click();
    await page.getByRole("heading", { name: "All words", level: 1 }).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    await picture(page, "help-words-desktop");
  });

  it.each([
    ["/help/overview", "light", "zh-CN", "总览"],
    ["/help/record", "dark", "en-US", "A record"],
  ] as const)("reads well on a phone: %s, %s", async (path, colorScheme, locale, title) => {
    const page = await open(path, { viewport: phone, colorScheme, locale });
    await page.getByRole("heading", { name: title, level: 1 }).waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await picture(page, `help-phone-${locale}`);
  });
});

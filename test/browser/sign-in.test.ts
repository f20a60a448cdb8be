import { describe, expect, it } from "vitest";
import { findAxeViolations, phone, picture, scrollsSideways, prepareBrowser } from "#test/support/browser.ts";
import { createUser, goodPassword, startTestConsole, prepareConsole } from "#test/support/console.ts";
import { newHome, removeHome } from "#test/support/worker.ts";

const kit = prepareConsole();
const browser = prepareBrowser();

describe("the first start", () => {
  it("leads from the link in the terminal to the console, once, saying what is wrong with a password", async () => {
    const console = await startTestConsole(newHome());
    try {
      const { page, complaints } = await browser.open();
      await page.goto(console.url);
      expect(await page.textContent("h1")).toBe("Hopline has no account yet");
      await expect.poll(() => console.said.join("\n")).toContain("/set-up?key=");
      const link = /\/set-up\?key=\S+/u.exec(console.said.join("\n"))?.[0] ?? "";
      await page.goto(console.url + link);
      expect(await findAxeViolations(page)).toEqual([]);
      await page.getByLabel("Your name").fill("Li Wei");
      await page.getByLabel("New password").fill("password");
      await page.getByLabel("The same password again").fill("passwort");
      await page.keyboard.press("Enter");
      await page.getByText("The two passwords differ.").waitFor();
      await page.getByLabel("The same password again").fill("password");
      await page.keyboard.press("Enter");
      await page.getByText("Use at least 12 characters").waitFor();
      expect(await findAxeViolations(page)).toEqual([]);
      await page.getByLabel("New password").fill(goodPassword);
      await page.getByLabel("The same password again").fill(goodPassword);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Where is this order?" }).waitFor();
      await page.getByRole("button", { name: "Account of Li Wei" }).waitFor();
      expect(complaints).toEqual([]);

      const second = await browser.open();
      await second.page.goto(console.url + link);
      await second.page.waitForURL(`${console.url}/sign-in`);
    } finally {
      await console.stop();
      removeHome(console.home);
    }
  });
});

describe("signing in", () => {
  it("comes back to the page that was asked for, with the keyboard alone, and out again", async () => {
    await createUser(kit.home, "li", "support");
    const { page, complaints } = await browser.open();
    await page.goto(`${kit.url}/journeys?state=failed`);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await page.keyboard.type("li");
    await page.keyboard.press("Tab");
    await page.keyboard.type(goodPassword);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${kit.url}/journeys?state=failed`);
    await page.getByRole("button", { name: "Account of li" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(`${kit.url}/sign-in`);
    await page.goto(kit.url);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    expect(complaints).toEqual([]);
  });

  it("says what is wrong beside the field, and how long a lockout lasts", async () => {
    await createUser(kit.home, "wang", "support");
    const { page } = await browser.open();
    await page.goto(`${kit.url}/sign-in`);
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("Enter your name and your password.").waitFor();
    await page.getByLabel("Name").fill("wang");
    for (const sentence of [
      "do not match",
      "do not match",
      "do not match",
      "do not match",
      "possible again in 1 min",
    ]) {
      await page.getByLabel("Password").fill("not the password");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("button", { name: "Sign in", exact: true }).and(page.locator(":enabled")).waitFor();
      await page.getByRole("alert").getByText(sentence).waitFor();
    }
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it("keeps a password out of the address where it is sent before the page's script runs", async () => {
    await createUser(kit.home, "zhou", "support");
    const { context } = await browser.open();
    const requests: string[] = [];
    const page = await context.newPage();
    page.on("request", (request) => requests.push(request.url()));
    await page.route("**/*.js", (route) => route.abort());
    await page.goto(`${kit.url}/sign-in`);
    await page.getByLabel("Name").fill("zhou");
    await page.getByLabel("Password").fill("early-bird");
    await Promise.all([page.waitForRequest((request) => request.isNavigationRequest()), page.keyboard.press("Enter")]);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect([page.url(), ...requests].filter((url) => url.includes("early-bird"))).toEqual([]);
  });

  it.each([
    ["light", "en-US"],
    ["dark", "zh-CN"],
  ] as const)("has nothing for axe to find on a phone, %s, %s", async (colorScheme, locale) => {
    const { page, complaints, requests } = await browser.open({ viewport: phone, colorScheme, locale });
    await page.goto(`${kit.url}/sign-in`);
    await page.getByRole("heading").waitFor();
    expect(await findAxeViolations(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await picture(page, `sign-in-phone-${colorScheme}-${locale}`);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(kit.url))).toEqual([]);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { prepareBrowser } from "#test/support/browser.ts";
import { prepareConsole, signIn } from "#test/support/console.ts";
import { hostileFlows, hostileName, hostilePages, hostileText, plantHostileText } from "#test/support/hostile-text.ts";
import { waitFor } from "#test/support/wait-for.ts";

const kit = prepareConsole({ flows: hostileFlows });
const browser = prepareBrowser();
let cookie = "";
let letter = "";

beforeAll(async () => {
  letter = await plantHostileText(kit.home, kit.worker);
  cookie = await signIn(kit.url, hostileName);
  await waitFor("the record", async () => {
    const { status } = await fetch(`${kit.url}/record/order_no/SO-1`, { headers: { cookie } });
    return status === 200;
  });
});

describe("what people and systems wrote", () => {
  it("is seen as it was written on every page, and nothing of it runs", async () => {
    const { page, complaints, requests } = await browser.open({ cookie, url: kit.url });
    await page.addInitScript(() => {
      Object.assign(globalThis, { ran: [], hacked: (name: string) => Reflect.get(globalThis, "ran").push(name) });
    });
    for (const { path, shows } of hostilePages) {
      await page.goto(kit.url + path.replace("[id]", letter));
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      const text = await page.evaluate(() => {
        const named = [...document.querySelectorAll("[aria-label]")].map((each) => each.getAttribute("aria-label"));
        const body = document.body.cloneNode(true) as HTMLElement;
        for (const script of body.querySelectorAll("script")) script.remove();
        return [body.textContent, ...named].join("\n");
      });
      expect([path, shows.filter((name) => !text.includes(hostileText(name)))]).toEqual([path, []]);
      expect([path, await page.locator('img[src="x"]').count()]).toEqual([path, 0]);
      expect([path, await page.evaluate(() => Reflect.get(globalThis, "ran"))]).toEqual([path, []]);
    }
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(kit.url))).toEqual([]);
  });
});

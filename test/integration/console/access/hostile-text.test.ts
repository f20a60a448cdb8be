import { beforeAll, describe, expect, it } from "vitest";
import { prepareConsole, signIn } from "#test/support/console.ts";
import { hostileFlows, hostileName, hostilePages, hostileText, plantHostileText } from "#test/support/hostile-text.ts";
import { waitFor } from "#test/support/wait-for.ts";

const kit = prepareConsole({ flows: hostileFlows });
let cookie = "";
let letter = "";

const read = async (path: string): Promise<string> => {
  const response = await fetch(kit.url + path, { headers: { cookie } });
  return response.text();
};
/** As HTML writes a text, and as the page's own data does. */
const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#x27;");

beforeAll(async () => {
  letter = await plantHostileText(kit.home, kit.worker);
  cookie = await signIn(kit.url, hostileName);
  await waitFor("the record, judged and closed", async () =>
    (await read("/journeys?closed=true")).includes("/record/order_no/SO-1"),
  );
  await waitFor("the rejected event", async () => (await read("/dead-letters")).includes("letter-source"));
});

describe.each(hostilePages)("$path", ({ path, shows }) => {
  it.each(shows)("shows %s as text", async (name) => {
    const html = await read(path.replace("[id]", letter));
    expect(html).toContain(escaped(hostileText(name)));
    expect(html).not.toContain("<img src=x");
    expect(html).not.toContain("</script><img");
  });
});

describe.each(["/api/console/audit.csv", "/api/v1/journeys.csv"])("%s", (path) => {
  it("begins no cell with a formula", async () => {
    const cells = (await read(path)).split(/[\n,]/u).map((cell) => cell.replace(/^"/u, ""));
    expect(cells.some((cell) => cell.includes("=1+"))).toBe(true);
    expect(cells.filter((cell) => /^[=+\-@\t]/u.test(cell) && !/^-?\d/u.test(cell))).toEqual([]);
  });
});

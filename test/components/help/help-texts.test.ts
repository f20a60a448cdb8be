import { describe, expect, it } from "vitest";
import { en } from "#components/help/en.ts";
import { zh } from "#components/help/zh.ts";
import { levelUp } from "#components/shell/page-keys.ts";
import { helpPages, helpPathOf, toHelpPage } from "#lib/help/help-page.ts";

const textsOf = (value: unknown): readonly string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(textsOf)
      : [];

describe("the help", () => {
  it("says the same in both languages: as many lines, the same words", () => {
    for (const page of helpPages) {
      expect(zh.pages[page].words).toEqual(en.pages[page].words);
      expect([zh.pages[page].see.length, zh.pages[page].act.length]).toEqual([
        en.pages[page].see.length,
        en.pages[page].act.length,
      ]);
    }
  });

  it("is written in its language, and keeps to the house's words", () => {
    expect(textsOf(en).filter((text) => /\p{Script=Han}|\bplease\b|!/iu.test(text))).toEqual([]);
    expect(textsOf(zh).filter((text) => /您|！/u.test(text))).toEqual([]);
    expect(textsOf([en, zh]).filter((text) => text.trim() === "")).toEqual([]);
  });

  it("is no longer than a person reads", () => {
    for (const page of helpPages) expect(textsOf(en.pages[page]).join(" ").split(" ").length).toBeLessThan(250);
  });
});

describe("the way to the help and back", () => {
  it.each([
    ["/", "/help/overview"],
    ["/record/order_no/SO-1", "/help/record"],
    ["/journeys", "/help/records"],
    ["/tokens/new", "/help/settings"],
    ["/help/record", "/help/words"],
  ])("leads from %s to %s", (path, help) => {
    expect(helpPathOf(path)).toBe(help);
  });

  it("knows its pages and no others", () => {
    expect(toHelpPage("record")).toBe("record");
    expect(toHelpPage("constructor")).toBeNull();
  });

  it.each([
    ["/", null],
    ["/journeys", "/"],
    ["/tokens/new", "/tokens"],
    ["/help/record", "/help"],
  ])("goes a level up from %s to %s", (path, up) => {
    expect(levelUp(path)).toBe(up);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../../components/ui/tokens.css", import.meta.url), "utf8");
const ruleAfter = (start: string): string => {
  const from = css.indexOf("{", css.indexOf(start));
  return css.slice(from + 1, css.indexOf("}", from));
};
const coloursOf = (rule: string): Record<string, string> =>
  Object.fromEntries(
    [...rule.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/gu)].map(([, name = "", value = ""]) => [name, value]),
  );
const tidy = (rule: string): string[] =>
  rule
    .split(";")
    .map((line) => line.trim())
    .filter((line) => line !== "");

const light = coloursOf(ruleAfter(":root {"));
const chosenDark = ruleAfter(':root[data-theme="dark"]');
const systemDark = ruleAfter(":root:not([data-theme])");

const channel = (part: number): number => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    channel(Number.parseInt(colour.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

const states = ["ok", "late", "overdue", "failed", "unknown", "progress"];
const inks = ["ink", "ink-2", "ink-3", "accent", "waiting", ...states];
const grounds = ["bg", "bg-sunken", "bg-hover"];

describe("tokens", () => {
  it("are the same for a dark system as for who chose dark", () => {
    expect(tidy(systemDark)).toEqual(tidy(chosenDark));
  });

  describe.each([
    ["light", light],
    ["dark", { ...light, ...coloursOf(chosenDark) }],
  ])("in %s", (_theme, colours) => {
    const ratio = (one: string, other: string): number => contrast(colours[one] ?? "", colours[other] ?? "");

    it("give every ink 4.5:1 on every ground", () => {
      const weak = inks.flatMap((ink) =>
        grounds.filter((ground) => ratio(ink, ground) < 4.5).map((ground) => `${ink} on ${ground}`),
      );
      expect(weak).toEqual([]);
    });

    it("give a state's own ground and mark 4.5:1", () => {
      const weak = states.flatMap((state) => {
        const onGround = [state, "ink", "ink-2", "ink-3"].filter((ink) => ratio(ink, `${state}-soft`) < 4.5);
        return [
          ...onGround.map((ink) => `${ink} on ${state}-soft`),
          ...(ratio("on-state", state) < 4.5 ? [`mark on ${state}`] : []),
        ];
      });
      expect(weak).toEqual([]);
      expect(ratio("on-accent", "accent")).toBeGreaterThanOrEqual(4.5);
    });

    it("give the edges of controls 3:1", () => {
      expect(ratio("line-strong", "bg")).toBeGreaterThanOrEqual(3);
      expect(ratio("focus", "bg")).toBeGreaterThanOrEqual(3);
    });
  });
});

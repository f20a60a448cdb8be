import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTranslator } from "use-intl/core";
import { clientNamespaces, pageNamespaces, settingsNamespaces } from "#components/message/client-messages.ts";
import { en } from "#components/message/en.ts";
import { zh } from "#components/message/zh.ts";

const textsOf = (messages: object, path: string): [string, string][] =>
  Object.entries(messages).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    const place = path === "" ? name : `${path}.${name}`;
    if (typeof value === "string") return [[place, value]];
    return typeof value === "object" && value !== null ? textsOf(value, place) : [];
  });

const english = new Map(textsOf(en, ""));
const chinese = new Map(textsOf(zh, ""));
/** Names of the values a text takes: `{count, plural, …}` and `{time}`. */
const placesOf = (text: string): string[] =>
  [...new Set(text.match(/\{\s*[a-zA-Z]\w*(?=\s*[,}])/gu)?.map((each) => each.slice(1).trim()))].toSorted();
const topPlaces = (text: string): string[] =>
  placesOf(text.replaceAll(/(?:\b(?:one|other|zero)|=\d+)\s*\{[^{}]*\}/gu, ""));

describe("the catalogue", () => {
  it("says everything in both languages", () => {
    expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    expect([...english.values(), ...chinese.values()].filter((text) => text.trim() === "")).toEqual([]);
  });

  it.each([...english])("takes the same values in both languages: %s", (name, text) => {
    expect(topPlaces(chinese.get(name) ?? "")).toEqual(topPlaces(text));
  });

  it.each([
    ["en", en],
    ["zh", zh],
  ] as const)("can be read by the formatter: %s", (locale, messages) => {
    const problems: string[] = [];
    const t = createTranslator({ locale, messages, timeZone: "UTC", onError: (error) => problems.push(error.message) });
    const any = t as unknown as (name: string, values: Record<string, unknown>) => string;
    for (const [name, text] of textsOf(messages, "")) {
      const values = Object.fromEntries(
        placesOf(text).map((place) => [place, /count|length|total|shown|place/u.test(place) ? 2 : "x"]),
      );
      any(name, values);
    }
    expect(problems).toEqual([]);
  });

  it("keeps to the house's words: no please, no exclamation, no formal you", () => {
    const wrong = [...english.values()].filter((text) => /\bplease\b|!|\boops\b/iu.test(text));
    const formal = [...chinese].filter(([name, text]) => /您|！/u.test(text) && !name.startsWith("record.customer"));
    expect([...wrong, ...formal.map(([, text]) => text)]).toEqual([]);
  });
});

describe("components in the browser", () => {
  it("use only the namespaces that are sent to it", () => {
    const root = join(import.meta.dirname, "../../..");
    const files = globSync("{components,app}/**/*.tsx", { cwd: root }).map((path) =>
      readFileSync(join(root, path), "utf8"),
    );
    const used = files.flatMap((text) => [...text.matchAll(/useTranslations\("(\w+)/gu)].map((match) => match[1]));
    expect(used.length).toBeGreaterThan(10);
    const sent: readonly string[] = [...clientNamespaces, ...settingsNamespaces, ...pageNamespaces];
    expect(used.filter((name) => name === undefined || !sent.includes(name))).toEqual([]);
  });
});

import { RE2JS } from "re2js";

/** A compiled `pattern`. Its text is unique to the pattern: Ajv files patterns under it and would mix up those that share one. */
export interface LinearPattern {
  test(text: string): boolean;
  toString(): string;
}

const surrogatePair = /\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})/gi;
const unicodeProperty = /\\([pP])\{(?:script|sc|script_extensions|scx|general_category|gc)=([A-Za-z_]+)\}/gi;

/** ECMA-262 spellings that the engine has under another name. */
const toEngineSyntax = (pattern: string): string =>
  RE2JS.translateRegExp(
    pattern
      .replace(surrogatePair, (_pair, high: string, low: string) => {
        const point = (Number.parseInt(high, 16) - 0xd800) * 0x400 + (Number.parseInt(low, 16) - 0xdc00) + 0x10000;
        return `\\x{${point.toString(16)}}`;
      })
      .replace(unicodeProperty, (_whole, p: string, name: string) => `\\${p}{${name}}`),
  );

/**
 * A JSON Schema `pattern` on an engine whose time grows with the text only: contracts come from people and payloads from
 * anywhere, and neither may stop ingest. Throws where the engine can't take it (look-around, back references, counts over 1,000).
 */
export const compileLinearPattern = (pattern: string): LinearPattern => {
  const compiled = RE2JS.compile(toEngineSyntax(pattern));
  return { test: (text) => compiled.test(text), toString: () => `pattern ${pattern}` };
};

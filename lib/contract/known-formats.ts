import { fullFormats } from "ajv-formats/dist/formats.js";

/** Formats of text that are tried on every masked value, so that a later contract can still be judged by them. */
export const knownFormats = ["date", "date-time", "time", "email", "uuid", "uri", "hostname", "ipv4", "ipv6"] as const;

/** Longer texts have no format worth trying. */
const longest = 512;

type Test = (text: string) => boolean;

/** Formats have several shapes in the library; those of numbers have no test for texts (null). */
export const toFormatTest = (name: string): Test | null => {
  const format: unknown = Object.hasOwn(fullFormats, name) ? fullFormats[name as keyof typeof fullFormats] : undefined;
  if (typeof format === "boolean") return () => format;
  if (isObject(format) && format["type"] === "number") return null;
  const validate = isObject(format) && !(format instanceof RegExp) ? format["validate"] : format;
  if (validate instanceof RegExp) return (text) => validate.test(text);
  return typeof validate === "function" ? (text) => (validate as Test)(text) : null;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** What no text of the format is without: most texts have none of it, and looking for it costs less than the test. */
const marks: Readonly<Record<(typeof knownFormats)[number], string>> = {
  date: "-",
  "date-time": ":",
  time: ":",
  email: "@",
  uuid: "-",
  uri: ":",
  hostname: "",
  ipv4: ".",
  ipv6: ":",
};

const tests = knownFormats.map((name) => ({
  name,
  mark: marks[name],
  test: toFormatTest(name) ?? (() => false),
}));

/** Which of the known formats a text has, as JSON Schema sees them. */
export const toFormats = (text: string): readonly string[] =>
  text.length > longest
    ? []
    : tests.filter(({ mark, test }) => text.includes(mark) && test(text)).map(({ name }) => name);

import { isCollection, isMap, isNode, isScalar, LineCounter, parseDocument, type Document, type Node } from "yaml";
import type { Problem } from "#lib/declaration/problem.ts";

/** Member names and list indices from the top of a file. */
export type Path = readonly (string | number)[];

export interface YamlFile {
  readonly value: unknown;
  /** Where a value stands, or the name of a member (`name`); the nearest that exists around it where it does not. */
  locate(path: Path, what?: "value" | "name"): { readonly line: number; readonly column: number };
  /** A scalar as it was written: `02112345678` stays, though YAML reads a number. */
  source(path: Path): string | undefined;
}

export type ReadYaml = { readonly file: YamlFile } | { readonly problems: readonly Problem[] };

const correct = "correct it; flows are YAML 1.2";

/** Reads one YAML document. Nothing in it is run or fetched; aliases are limited. */
export const readYaml = (text: string): ReadYaml => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const position = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) {
    return {
      problems: wrong.map((error) => ({
        ...position(error.pos[0]),
        path: "",
        message: `This is not YAML: ${error.message}`,
        instead: correct,
      })),
    };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    // Throws where an alias stands inside what it repeats: such a value has no end.
    JSON.stringify(value);
    return {
      file: {
        value,
        locate: (path, what = "value") => position(offsetOf(document, path, what)),
        source: (path) => {
          const node = document.getIn(path, true);
          return isScalar(node) ? node.source : undefined;
        },
      },
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      problems: [{ line: 1, column: 1, path: "", message: `This YAML can't be used: ${message}`, instead: correct }],
    };
  }
};

const offsetOf = (document: Document, path: Path, what: "value" | "name"): number => {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [at, step] of path.entries()) {
    if (!isCollection(node)) break;
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => (isScalar(item.key) ? String(item.key.value) : undefined) === String(step),
      );
      if (pair === undefined) break;
      if (what === "name" && at === path.length - 1) return startOf(pair.key) ?? offset;
      offset = startOf(pair.value) ?? startOf(pair.key) ?? offset;
    }
    node = node.get(step, true);
    offset = startOf(node) ?? offset;
  }
  return offset;
};

const startOf = (node: unknown): number | undefined => (isNode(node) ? rangeStart(node) : undefined);

const rangeStart = (node: Node): number | undefined => node.range?.[0];

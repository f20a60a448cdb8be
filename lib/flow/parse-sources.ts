import { checkShape, compileShape, problemAt } from "#lib/declaration/check-shape.ts";
import type { Problem } from "#lib/declaration/problem.ts";
import { readEntries } from "#lib/declaration/read-entries.ts";
import { readYaml } from "#lib/declaration/read-yaml.ts";
import { isJsonObject } from "#lib/event/json-object.ts";
import { parseDuration } from "#lib/flow/duration.ts";
import { sourceSchema } from "#lib/flow/surroundings-schema.ts";
import { toSourceId } from "#lib/id/id.ts";
import type { SourceDeclaration } from "#lib/source/source.ts";

export type ParsedSources =
  | { readonly sources: readonly SourceDeclaration[]; readonly problems?: never }
  | { readonly sources?: never; readonly problems: readonly Problem[] };

const shape = compileShape(sourceSchema);

const toMs = (text: unknown): number | undefined => (typeof text === "string" ? parseDuration(text)?.ms : undefined);

/** `sources.yaml`: `finance-importer: { silentAfter: 26h, delay: 5m }`, or a list of `{ source, silentAfter, delay }`. */
export const parseSources = (text: string): ParsedSources => {
  const read = readYaml(text);
  if ("problems" in read) return { problems: read.problems };
  const { file } = read;
  const entries = readEntries(file.value, "sources", "source");
  if (entries === null) {
    return {
      problems: [problemAt(file, [], "This is no list of sources", "write `finance-importer: { silentAfter: 26h }`")],
    };
  }
  const problems = entries.flatMap((entry) => checkShape(shape, file, entry.value, entry.path));
  const seen = new Set<string>();
  for (const { name, path } of entries) {
    if (seen.has(name))
      problems.push(problemAt(file, path, `\`${name}\` is declared twice`, "declare each source once"));
    seen.add(name);
  }
  for (const { value, path } of problems.length > 0 ? [] : entries) {
    for (const [member, text] of Object.entries(isJsonObject(value) ? value : {})) {
      if (toMs(text) === undefined) {
        problems.push(
          problemAt(file, [...path, member], `${String(text)} is longer than ten years`, "write a shorter duration"),
        );
      }
    }
  }
  if (problems.length > 0) return { problems };
  return {
    sources: entries.map(({ name, value }): SourceDeclaration => {
      const { silentAfter, delay } = isJsonObject(value) ? value : {};
      const silentAfterMs = toMs(silentAfter);
      return {
        source: toSourceId(name),
        ...(silentAfterMs === undefined ? undefined : { silentAfterMs }),
        delayMs: toMs(delay) ?? 0,
      };
    }),
  };
};

import { checkShape, compileShape, problemAt } from "#lib/declaration/check-shape.ts";
import type { Problem } from "#lib/declaration/problem.ts";
import { readEntries, type Entry } from "#lib/declaration/read-entries.ts";
import { readYaml, type YamlFile } from "#lib/declaration/read-yaml.ts";
import { emptyRecord, isJsonObject } from "#lib/event/json-object.ts";
import { partySchema } from "#lib/flow/surroundings-schema.ts";
import type { Contacts, LocalText, Party } from "#lib/people/people.ts";

export type ParsedParties =
  | { readonly parties: Readonly<Record<string, Party>>; readonly problems?: never }
  | { readonly parties?: never; readonly problems: readonly Problem[] };

const shape = compileShape(partySchema);

/** `systems.yaml` (heading `systems`) or `teams.yaml` (heading `teams`): titles and contacts by id. An empty file has none. */
export const parsePeople = (text: string, heading: "systems" | "teams"): ParsedParties => {
  const read = readYaml(text);
  if ("problems" in read) return { problems: read.problems };
  const { file } = read;
  const entries = readEntries(file.value, heading);
  if (entries === null) {
    return {
      problems: [
        problemAt(file, [], `This is no list of ${heading}`, "write `crm: { title: { en: CRM, zh: 客户管理 } }`"),
      ],
    };
  }
  const problems = entries.flatMap((entry) => checkShape(shape, file, entry.value, entry.path));
  if (problems.length > 0) return { problems };
  const parties = emptyRecord<Party>();
  for (const entry of entries) parties[entry.name] = toParty(entry, file);
  return { parties };
};

const toParty = (entry: Entry, file: YamlFile): Party => {
  const value = isJsonObject(entry.value) ? entry.value : {};
  const title = toLocalText(value["title"]);
  const contacts = isJsonObject(value["contacts"]) ? toContacts(value["contacts"], entry, file) : undefined;
  return {
    ...(title === undefined ? undefined : { title }),
    ...(contacts === undefined ? undefined : { contacts }),
  };
};

/** The shape lets texts and their languages through only. */
const toLocalText = (title: unknown): LocalText | undefined =>
  typeof title === "string" ? { en: title } : isJsonObject(title) ? title : undefined;

/** A phone number without quotes is a number to YAML: what was written counts, leading zeros and all. */
const toContacts = (contacts: Readonly<Record<string, unknown>>, entry: Entry, file: YamlFile): Contacts =>
  Object.fromEntries(
    Object.entries(contacts).map(([kind, value]) => [
      kind,
      typeof value === "string" ? value : (file.source([...entry.path, "contacts", kind]) ?? String(value)),
    ]),
  );

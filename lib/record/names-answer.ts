import { fieldNeeds } from "#lib/field/field-needs.ts";
import type { FlowVersion, Owners, SchemaRef } from "#lib/flow/flow-version.ts";
import { namesOf } from "#lib/journey/names.ts";
import type { LocalText, Party, People } from "#lib/people/people.ts";
import type { FieldNeed, NamesAnswer } from "#lib/record/record-answer.ts";

/** What the page needs to name and draw a journey of this version; only what the flow speaks of. */
export function toNamesAnswer({ flow, declaration }: FlowVersion, people: People): NamesAnswer {
  const { steps } = declaration;
  // the same names as in the sentences
  const en = namesOf(declaration, people, "en");
  const zh = namesOf(declaration, people, "zh");
  const teams = steps.flatMap(({ owners }) => ownerIds(owners));
  return {
    primary: declaration.primary,
    flow: declaration.title ?? { en: flow },
    steps: Object.fromEntries(steps.map(({ id }): [string, LocalText] => [id, { en: en.step(id), zh: zh.step(id) }])),
    systems: pick(
      people.systems,
      steps.map(({ system }) => system),
    ),
    teams: pick(people.teams, teams),
    shape: steps.map(({ id, after, afterAny, optional, ends, within, contract }) => ({
      id,
      after,
      afterAny,
      optional,
      ends,
      ...(within !== undefined && { withinMs: within.ms }),
      needs: contract === undefined ? [] : needsOf(contract),
    })),
  };
}

const ownerIds = ({ provides, processes, monitors }: Owners): readonly string[] =>
  [provides, processes, monitors].filter((id) => id !== undefined);

const pick = (parties: Readonly<Record<string, Party>>, ids: readonly string[]): Readonly<Record<string, Party>> =>
  Object.fromEntries(
    [...new Set(ids)].map((id): [string, Party] => [id, Object.hasOwn(parties, id) ? (parties[id] ?? {}) : {}]),
  );

/** A schema is read once for as long as its version is held. */
const remembered = new WeakMap<SchemaRef, readonly FieldNeed[]>();

function needsOf(contract: SchemaRef): readonly FieldNeed[] {
  const known = remembered.get(contract);
  if (known !== undefined) return known;
  const needs = fieldNeeds(contract.schema);
  remembered.set(contract, needs);
  return needs;
}

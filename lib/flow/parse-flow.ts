import { roles } from "#lib/access/role.ts";
import { checkShape, compileShape } from "#lib/declaration/check-shape.ts";
import type { Problem } from "#lib/declaration/problem.ts";
import { readYaml, type YamlFile } from "#lib/declaration/read-yaml.ts";
import { parseRfc3339 } from "#lib/event/parse-time.ts";
import { toMany, type DeclaredFlow, type DeclaredStep, type DeclaredTitle } from "#lib/flow/declared-flow.ts";
import { parseDuration } from "#lib/flow/duration.ts";
import { findFlowProblems } from "#lib/flow/find-flow-problems.ts";
import { flowSchema } from "#lib/flow/flow-schema.ts";
import type { Duration, Flow, MatchRule, Objective, SchemaRef, Step } from "#lib/flow/flow-version.ts";
import { loadSchema, type SchemaSources } from "#lib/flow/load-schema.ts";
import { toFlowId, toKeyType, toSourceId, toStepId, toSystemId } from "#lib/id/id.ts";
import type { LocalText } from "#lib/people/people.ts";

export interface ParseFlowOptions extends SchemaSources {
  /** Names of the calendars there are. */
  readonly calendars?: readonly string[];
}

export type ParsedFlow =
  | { readonly flow: Flow; readonly problems?: never }
  | { readonly flow?: never; readonly problems: readonly Problem[] };

const shape = compileShape(flowSchema);

/** A flow's YAML → the flow, or everything that is wrong with it, in the order of the file. */
export const parseFlow = (text: string, options: ParseFlowOptions): ParsedFlow => {
  const read = readYaml(text);
  if ("problems" in read) return { problems: read.problems };
  const wrongShape = checkShape(shape, read.file, read.file.value);
  if (wrongShape.length > 0) return { problems: wrongShape };
  const declared = asDeclared(read.file.value);
  const schemas = loadSchemas(declared.steps, read.file, options);
  const problems = [
    ...findFlowProblems(declared, read.file, options.calendars ?? ["cn-workdays"]),
    ...schemas.problems,
  ];
  if (problems.length > 0) return { problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column) };
  return { flow: toFlow(declared, schemas.refs) };
};

/** Guaranteed by `shape`, which the value has just passed. */
const asDeclared = (value: unknown): DeclaredFlow => value as DeclaredFlow;

interface StepSchemas {
  readonly when?: SchemaRef;
  readonly contract?: SchemaRef;
}

const loadSchemas = (
  steps: readonly DeclaredStep[],
  file: YamlFile,
  options: ParseFlowOptions,
): { readonly refs: readonly StepSchemas[]; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = [];
  const load = (step: DeclaredStep, at: number, use: "when" | "contract"): StepSchemas | undefined => {
    if (step[use] === undefined) return undefined;
    const loaded = loadSchema(use, step[use], { file, path: ["steps", at, use] }, options);
    if ("ref" in loaded) return { [use]: loaded.ref };
    problems.push(...loaded.problems);
    return undefined;
  };
  const refs = steps.map((step, at) => ({ ...load(step, at, "when"), ...load(step, at, "contract") }));
  return { refs, problems };
};

const toTitle = (title: DeclaredTitle | undefined): { readonly title: LocalText } | undefined =>
  title === undefined ? undefined : { title: typeof title === "string" ? { en: title } : title };

const durationOf = (text: string): Duration => {
  const duration = parseDuration(text);
  if (duration === null) throw new Error(`Unchecked duration ${text}`);
  return duration;
};

const toFlow = (declared: DeclaredFlow, schemas: readonly StepSchemas[]): Flow => {
  const visibleTo = declared.visibleTo === undefined ? undefined : new Set(toMany(declared.visibleTo));
  const from = declared.from === undefined ? null : parseRfc3339(declared.from);
  return {
    flow: toFlowId(declared.flow),
    ...toTitle(declared.title),
    ...(from === null ? undefined : { from }),
    ...(visibleTo === undefined ? undefined : { visibleTo: roles.filter((role) => visibleTo.has(role)) }),
    primary: toKeyType(declared.record.primary),
    aliases: toMany(declared.record.aliases).map(toKeyType),
    searchable: toMany(declared.record.searchable).map(toKeyType),
    steps: declared.steps.map((step, at) => toStep(step, schemas[at] ?? {})),
    match: (declared.match ?? []).map((rule): MatchRule => ({ ...rule, step: toStepId(rule.step) })),
    objectives: (declared.objectives ?? []).map(toObjective),
  };
};

const toStep = (step: DeclaredStep, schemas: StepSchemas): Step => ({
  id: toStepId(step.id),
  system: toSystemId(step.system),
  ...toTitle(step.title),
  ...(step.point === undefined ? undefined : { point: step.point }),
  after: toMany(step.after).map(toStepId),
  afterAny: toMany(step.afterAny).map(toStepId),
  ...(step.within === undefined ? undefined : { within: durationOf(step.within) }),
  ...(step.calendar === undefined ? undefined : { calendar: step.calendar }),
  ...(step.per === undefined ? undefined : { per: toKeyType(step.per) }),
  optional: step.optional ?? false,
  ends: step.ends ?? false,
  sends: step.sends ?? false,
  strict: step.strict ?? false,
  sources: toMany(step.sources).map(toSourceId),
  ...schemas,
  owners: step.owners ?? {},
});

const toObjective = (objective: NonNullable<DeclaredFlow["objectives"]>[number]): Objective => ({
  sli: objective.sli,
  ...(objective.from === undefined ? undefined : { from: toStepId(objective.from) }),
  ...(objective.to === undefined ? undefined : { to: toStepId(objective.to) }),
  ...(objective.threshold === undefined ? undefined : { threshold: durationOf(objective.threshold) }),
  target: toShare(objective.target),
  window: durationOf(objective.window),
});

/** `99.5%` → 0.995, without the digits that dividing by 100 would add. */
const toShare = (target: string): number => {
  const [whole = "", fraction = ""] = target.slice(0, -1).split(".");
  return Number(`${whole}${fraction}`) / 10 ** (2 + fraction.length);
};

import { problemAt } from "#lib/declaration/check-shape.ts";
import { closest, toChoice } from "#lib/declaration/closest.ts";
import type { Problem } from "#lib/declaration/problem.ts";
import type { Path, YamlFile } from "#lib/declaration/read-yaml.ts";
import { toMany, type DeclaredFlow, type DeclaredStep, type OneOrMany } from "#lib/flow/declared-flow.ts";
import { parseDuration } from "#lib/flow/duration.ts";
import { findCycle } from "#lib/flow/path.ts";
import { toStepId } from "#lib/id/id.ts";

type Report = (path: Path, message: string, instead: string, what?: "value" | "name") => void;

/** What only the whole declaration shows: names that lead nowhere, things said twice, cycles. Its shape is right already. */
export const findFlowProblems = (
  flow: DeclaredFlow,
  file: YamlFile,
  calendars: readonly string[],
): readonly Problem[] => {
  const problems: Problem[] = [];
  const report: Report = (path, message, instead, what) => problems.push(problemAt(file, path, message, instead, what));
  checkKeyTypes(flow, report);
  checkStepIds(flow.steps, report);
  const ids = flow.steps.map((step) => step.id);
  for (const [at, step] of flow.steps.entries()) checkStep(step, ["steps", at], flow, calendars, report);
  if (problems.length === 0) checkCycle(flow.steps, report);
  const linkTypes = [flow.record.primary, ...toMany(flow.record.aliases), ...toMany(flow.record.searchable)];
  for (const [at, rule] of (flow.match ?? []).entries()) {
    checkName(rule.step, ids, "step", ["match", at, "step"], report);
    for (const type of Object.keys(rule.keys)) {
      const path = ["match", at, "keys", type];
      checkName(type, linkTypes, "key type of this flow", path, (...told) => report(told[0], told[1], told[2], "name"));
    }
  }
  for (const [at, objective] of (flow.objectives ?? []).entries()) {
    const path = ["objectives", at];
    for (const end of ["from", "to"] as const) {
      if (objective[end] !== undefined) checkName(objective[end], ids, "step", [...path, end], report);
    }
    checkDuration(objective.threshold, [...path, "threshold"], report);
    checkDuration(objective.window, [...path, "window"], report);
  }
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
};

const checkName = (name: string, names: readonly string[], what: string, path: Path, report: Report): void => {
  if (names.includes(name)) return;
  const meant = closest(name, names);
  report(
    path,
    `\`${name}\` is no ${what}`,
    meant === undefined ? `write ${toChoice(names)}` : `did you mean \`${meant}\`?`,
  );
};

const checkDuration = (text: string | undefined, path: Path, report: Report): void => {
  if (text !== undefined && parseDuration(text) === null)
    report(path, `${text} is longer than ten years`, "write a shorter duration");
};

const checkKeyTypes = ({ record }: DeclaredFlow, report: Report): void => {
  const seen = new Map<string, string>([[record.primary, "primary"]]);
  for (const use of ["aliases", "searchable"] as const) {
    for (const type of toMany(record[use])) {
      const other = seen.get(type);
      if (other !== undefined && other !== use) {
        report(["record", use], `\`${type}\` stands in \`${other}\` and in \`${use}\``, "write it in one of the two");
      }
      seen.set(type, use);
    }
  }
};

const checkStepIds = (steps: readonly DeclaredStep[], report: Report): void => {
  const seen = new Map<string, number>();
  for (const [at, { id }] of steps.entries()) {
    const first = seen.get(id);
    if (first !== undefined)
      report(["steps", at, "id"], `\`${id}\` is already the id of steps[${first}]`, "give each step its own id");
    else seen.set(id, at);
    if (id.includes(".."))
      report(["steps", at, "id"], `\`${id}\` has two dots in a row, which name a hop`, "write one dot or a -");
    if (id === "ambiguous_step")
      report(["steps", at, "id"], "`ambiguous_step` is a reason, not a step", "rename the step");
  }
};

const checkStep = (
  step: DeclaredStep,
  path: Path,
  flow: DeclaredFlow,
  calendars: readonly string[],
  report: Report,
): void => {
  if (toMany(step.after).length > 0 && toMany(step.afterAny).length > 0) {
    report(
      [...path, "afterAny"],
      `\`${step.id}\` has both \`after\` and \`afterAny\``,
      "keep one: `after` waits for all, `afterAny` for the first",
    );
  }
  for (const use of ["after", "afterAny"] as const) checkPredecessors(step, use, path, flow.steps, report);
  checkDuration(step.within, [...path, "within"], report);
  if (step.calendar !== undefined) checkName(step.calendar, calendars, "calendar", [...path, "calendar"], report);
  const aliases = toMany(flow.record.aliases);
  if (step.per !== undefined && !aliases.includes(step.per)) {
    const meant = closest(step.per, aliases);
    const instead =
      aliases.length === 0
        ? `add it: record: { primary: ${flow.record.primary}, aliases: [${step.per}] }`
        : meant === undefined
          ? `write ${toChoice(aliases)}, or add it to \`aliases\``
          : `did you mean \`${meant}\`?`;
    report([...path, "per"], `\`${step.per}\` is no alias of this flow`, instead);
  }
};

const checkPredecessors = (
  step: DeclaredStep,
  use: "after" | "afterAny",
  path: Path,
  steps: readonly DeclaredStep[],
  report: Report,
): void => {
  const given: OneOrMany | undefined = step[use];
  for (const id of toMany(given)) {
    const at = typeof given === "string" ? [...path, use] : [...path, use, given?.indexOf(id) ?? 0];
    const other = steps.find((candidate) => candidate.id === id);
    if (other === undefined) {
      checkName(
        id,
        steps.filter((one) => one !== step).map((one) => one.id),
        "step of this flow",
        at,
        report,
      );
    } else if (other === step) report(at, `\`${id}\` waits for itself`, "name the step before it, or leave it out");
    else if (other.ends === true) {
      report(
        at,
        `\`${id}\` ends the flow, so nothing comes after it`,
        "name another step, or take `ends` off that one",
      );
    }
  }
};

const checkCycle = (steps: readonly DeclaredStep[], report: Report): void => {
  const cycle = findCycle(
    steps.map((step) => ({
      id: toStepId(step.id),
      after: toMany(step.after).map(toStepId),
      afterAny: toMany(step.afterAny).map(toStepId),
    })),
  );
  if (cycle === null) return;
  const at = steps.findIndex((step) => step.id === cycle[0]);
  const use = toMany(steps[at]?.afterAny).length > 0 ? "afterAny" : "after";
  report(
    ["steps", at, use],
    `The steps wait for each other: ${cycle.join(" → ")}`,
    "make a return or re-shipment a step of its own, or a `per`",
  );
};

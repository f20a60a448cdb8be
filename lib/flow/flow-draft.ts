/** A flow as a person puts it together, before it is written down. */
export interface FlowDraft {
  readonly flow: string;
  readonly title: string;
  readonly primary: string;
  readonly aliases: readonly string[];
  readonly searchable: readonly string[];
  readonly steps: readonly StepDraft[];
}

export interface StepDraft {
  readonly id: string;
  /** What people call it; empty: its system's name. */
  readonly title?: string;
  readonly system: string;
  /** Where a system's events have no step and only their integration point tells them apart. */
  readonly point?: string;
  readonly after: readonly string[];
  /** `after` waits for the first of them, not for all. */
  readonly isAny: boolean;
  /** `15m`; empty: no limit. */
  readonly within: string;
  readonly isOptional: boolean;
  readonly isEnd: boolean;
}

/** Texts that YAML reads as themselves, inside brackets too. */
const plain = /^[\p{L}_][\p{L}\p{N}_./-]*$/u;
const special = /^(?:true|false|null|yes|no|on|off|y|n|nan|inf)$/iu;
/** Durations begin with a figure and are no numbers. */
const duration = /^\d+(?:ms|s|m|h|d)$/;

const scalar = (text: string): string =>
  (plain.test(text) && !special.test(text)) || duration.test(text) ? text : JSON.stringify(text);

const many = (texts: readonly string[]): string => {
  const [only] = texts;
  return texts.length === 1 && only !== undefined ? scalar(only) : `[${texts.map(scalar).join(", ")}]`;
};

const stepLine = ({ id, title = "", system, point, after, isAny, within, isOptional, isEnd }: StepDraft): string => {
  const members = [
    `id: ${scalar(id)}`,
    `system: ${scalar(system)}`,
    ...(title === "" ? [] : [`title: ${scalar(title)}`]),
    ...(point === undefined ? [] : [`point: ${scalar(point)}`]),
    ...(after.length === 0 || isEnd ? [] : [`${isAny && after.length > 1 ? "afterAny" : "after"}: ${many(after)}`]),
    ...(within === "" || isEnd ? [] : [`within: ${scalar(within)}`]),
    ...(isOptional ? ["optional: true"] : []),
    ...(isEnd ? ["ends: true"] : []),
  ];
  return `  - { ${members.join(", ")} }`;
};

/** The draft as the YAML of a flow's file; whether it may be taken, parseFlow says. */
export const toFlowYaml = ({ flow, title, primary, aliases, searchable, steps }: FlowDraft): string =>
  [
    `flow: ${scalar(flow)}`,
    ...(title === "" ? [] : [`title: ${scalar(title)}`]),
    `record: { ${[
      `primary: ${scalar(primary)}`,
      ...(aliases.length === 0 ? [] : [`aliases: [${aliases.map(scalar).join(", ")}]`]),
      ...(searchable.length === 0 ? [] : [`searchable: [${searchable.map(scalar).join(", ")}]`]),
    ].join(", ")} }`,
    "steps:",
    ...steps.map(stepLine),
    "",
  ].join("\n");

/** The steps in a row: each waits for the one before it; those that end the flow wait for none. */
export const chainSteps = (steps: readonly StepDraft[]): readonly StepDraft[] => {
  let before: string | null = null;
  return steps.map((step) => {
    const after = before === null || step.isEnd ? [] : [before];
    if (!step.isEnd) before = step.id;
    return { ...step, after, isAny: false, within: after.length === 0 ? "" : step.within };
  });
};

/** The step one place earlier or later, and all of them in a row again. */
export const moveStep = (steps: readonly StepDraft[], place: number, by: -1 | 1): readonly StepDraft[] => {
  const [step, other] = [steps[place], steps[place + by]];
  if (step === undefined || other === undefined) return steps;
  return chainSteps(steps.with(place, other).with(place + by, step));
};

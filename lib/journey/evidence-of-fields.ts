import type { Finding } from "#lib/contract/check-result.ts";
import type { Cause } from "#lib/journey/cause.ts";
import type { Evidence } from "#lib/journey/judgement.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";
import type { Survey } from "#lib/journey/survey.ts";
import { upstreamPayloads, type JudgedPayload } from "#lib/journey/upstream-payload.ts";
import type { Wording, Wordings } from "#lib/journey/wording.ts";
import { zh } from "#lib/journey/zh.ts";

/** Every field the contract finds wrong in the last payload upstream, and those it can't judge any more. */
export function contractEvidence({ step }: StatedStep, { payload }: Cause, say: Wordings): readonly Evidence[] {
  if (payload === undefined || step.contract === undefined) return [];
  const ref = `contract:${step.contract.hash}`;
  const [at] = payload.by;
  const from = payload.at.step.id;
  const found = payload.findings.map((finding): Evidence => {
    const en = `${say.en.step(step.id)} requires ${fieldOf(finding, say.en)} (${finding.expected}); in the ${say.en.step(from)} data it is ${finding.kind === "missing_field" ? "empty" : "in another form"}.`;
    const text = zh`${say.zh.step(step.id)}要求${fieldOf(finding, say.zh)}（${finding.expected}），${say.zh.step(from)}给的${finding.kind === "missing_field" ? "是空值" : "不是这个格式"}。`;
    return { kind: "contract", at, text: { en, zh: text }, ref };
  });
  const unsure = payload.unsure.map((field): Evidence => {
    const en = `Whether ${say.en.field(field)} is what ${say.en.step(step.id)} requires can't be told: its text had been masked before this contract was known.`;
    const text = zh`无法判断${say.zh.field(field)}是否符合${say.zh.step(step.id)}的要求：这份契约生效前它的内容已经遮盖。`;
    return { kind: "contract", at, text: { en, zh: text }, ref };
  });
  return [...found, ...unsure];
}

/** Where the field that explains the verdict broke: "filled at CRM received, empty at CRM export". */
export function fieldChangeEvidence(
  broken: StatedStep,
  { payload, field }: Cause,
  survey: Survey,
  say: Wordings,
): readonly Evidence[] {
  const finding = payload?.findings.find((each) => each.field === field);
  if (finding === undefined) return [];
  const place = ({ at }: JudgedPayload): number => survey.path.places.get(at.step.id) ?? 0;
  const inTime = upstreamPayloads(broken, survey).toSorted((a, b) => a.by[0] - b.by[0] || place(a) - place(b));
  const isBroken = ({ findings }: JudgedPayload): boolean => findings.some((each) => each.field === finding.field);
  let first = inTime.length - 1;
  while (first > 0 && inTime.slice(first - 1, first).every(isBroken)) first -= 1;
  const after = inTime[first];
  const before = inTime[first - 1];
  if (after === undefined || !isBroken(after) || before?.unsure.includes(finding.field) === true) return [];
  return [
    {
      kind: "field_change",
      at: after.by[0],
      text: { en: changeEn(finding, before, after, say.en), zh: changeZh(finding, before, after, say.zh) },
      ref: `field:${finding.field}`,
    },
  ];
}

const fieldOf = (finding: Finding, say: Wording): string => say.field(finding.field, finding.title);

function changeEn(finding: Finding, before: JudgedPayload | undefined, after: JudgedPayload, say: Wording): string {
  const field = fieldOf(finding, say);
  const [good, bad] = finding.kind === "missing_field" ? ["filled", "empty"] : ["well formed", "malformed"];
  const at = say.step(after.at.step.id);
  if (before === undefined) return `${field} was ${bad} at ${at}, the first payload seen.`;
  return `${field} was ${good} at ${say.step(before.at.step.id)} and ${bad} at ${at}.`;
}

function changeZh(finding: Finding, before: JudgedPayload | undefined, after: JudgedPayload, say: Wording): string {
  const field = fieldOf(finding, say);
  const [good, bad] = finding.kind === "missing_field" ? ["有值", "为空"] : ["格式正确", "格式不符"];
  const at = say.step(after.at.step.id);
  if (before === undefined) return zh`${field}在${at}就已${bad}，这是看到的第一份内容。`;
  return zh`${field}在${say.step(before.at.step.id)}${good}，在${at}${bad}。`;
}

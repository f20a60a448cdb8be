import type { Assessment } from "#lib/journey/assess.ts";
import { hopTo } from "#lib/journey/hop-name.ts";
import type { JudgedHop, Warning } from "#lib/journey/judgement.ts";
import { lastPayload, upstreamPayloads } from "#lib/journey/upstream-payload.ts";
import type { Wordings } from "#lib/journey/wording.ts";
import { zh } from "#lib/journey/zh.ts";

/** What is wrong and breaks nothing (yet). */
export function warningsOf(
  assessment: Assessment,
  hops: readonly JudgedHop[],
  skewMs: (hop: string) => number | null,
  say: Wordings,
): readonly Warning[] {
  return [...contractWarnings(assessment, say), ...skewWarnings(hops, skewMs, say)];
}

/** A breached contract on any step that it does not explain already and that is still expected. */
function contractWarnings({ steps, broken, survey }: Assessment, say: Wordings): readonly Warning[] {
  return steps.flatMap((step): readonly Warning[] => {
    if (step === broken?.step || step.step.id === broken?.step.step.id || step.status === "not_expected") return [];
    const payload = lastPayload(upstreamPayloads(step, survey), survey);
    const finding = payload?.findings[0];
    if (payload === null || finding === undefined) return [];
    const { id } = step.step;
    const from = payload.at.step.id;
    const field = (language: "en" | "zh"): string => say[language].field(finding.field, finding.title);
    const missing = finding.kind === "missing_field";
    const en = missing
      ? `${field("en")} was empty in the ${say.en.step(from)} data; ${say.en.step(id)} requires it.`
      : `${field("en")} in the ${say.en.step(from)} data is not in the form ${say.en.step(id)} requires (${finding.expected}).`;
    const text = missing
      ? zh`${say.zh.step(from)}里的${field("zh")}是空的，${say.zh.step(id)}必填。`
      : zh`${say.zh.step(from)}里的${field("zh")}不符合${say.zh.step(id)}要求的格式（${finding.expected}）。`;
    return [{ kind: "contract", hop: hopTo(step), field: finding.field, text: { en, zh: text } }];
  });
}

function skewWarnings(
  hops: readonly JudgedHop[],
  skewMs: (hop: string) => number | null,
  say: Wordings,
): readonly Warning[] {
  return hops.flatMap(({ from, to }): readonly Warning[] => {
    const hop = `${from}..${to}`;
    const skew = skewMs(hop);
    if (skew === null) return [];
    const en = `Clocks of ${say.en.step(from)} and ${say.en.step(to)} differ by about ${say.en.duration(skew)}; times on this hop are as sent.`;
    const text = zh`${say.zh.step(from)}和${say.zh.step(to)}的时钟相差约 ${say.zh.duration(skew)}；这一跳的时间按原样显示。`;
    return [{ kind: "clock_skew", hop, text: { en, zh: text } }];
  });
}

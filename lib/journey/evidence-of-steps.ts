import type { Assessment } from "#lib/journey/assess.ts";
import type { Cause } from "#lib/journey/cause.ts";
import type { Evidence } from "#lib/journey/judgement.ts";
import type { Settling, Sighting } from "#lib/journey/sighting.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";
import { attemptsAt } from "#lib/journey/story.ts";
import type { Wordings } from "#lib/journey/wording.ts";
import { zh } from "#lib/journey/zh.ts";

const eventRef = (by: Sighting | Settling): string => `event:${by[1]}/${by[2]}`;

export function attemptEvidence(step: StatedStep, { attempt }: Cause, say: Wordings): readonly Evidence[] {
  if (attempt === undefined) return [];
  const { id } = step.step;
  const count = attemptsAt(step);
  const said = [attempt.class, attempt.code, attempt.message].filter((text) => text !== undefined && text !== "");
  const field = attempt.field === undefined ? [] : [`\`${attempt.field}\``];
  const detail = [...field, ...said].join(", ");
  const retried = step.settlement.open.failed === undefined;
  const en = `${say.en.step(id)} reported ${retried ? "a retry" : "a failure"}${detail === "" ? "" : `: ${detail}`}${count > 1 ? ` (the latest of ${count} attempts)` : ""}.`;
  const text = zh`${say.zh.step(id)}报告${retried ? "重试" : "失败"}${detail === "" ? "" : zh`：${detail}`}${count > 1 ? zh`（共 ${count} 次，这是最近一次）` : ""}。`;
  return [{ kind: "attempt", at: attempt.by[0], text: { en, zh: text }, ref: eventRef(attempt.by) }];
}

export function receivedEvidence({ step }: StatedStep, { received }: Cause, say: Wordings): readonly Evidence[] {
  if (received === undefined) return [];
  const en = `${say.en.step(step.id)} received it and has not reported that it was processed.`;
  const text = zh`${say.zh.step(step.id)}收到了，没有报告处理完成。`;
  return [{ kind: "received", at: received[0], text: { en, zh: text }, ref: eventRef(received) }];
}

export function sentEvidence({ step }: StatedStep, { sent }: Cause, say: Wordings): readonly Evidence[] {
  if (sent === undefined) return [];
  const en = `${say.en.step(sent.from.step.id)} sent it towards ${say.en.step(step.id)}.`;
  const text = zh`${say.zh.step(sent.from.step.id)}已向${say.zh.step(step.id)}发出。`;
  return [{ kind: "sent", at: sent.by[0], text: { en, zh: text }, ref: eventRef(sent.by) }];
}

export function neverSentEvidence({ neverSentBy }: Cause, say: Wordings): readonly Evidence[] {
  const by = neverSentBy?.settlement.by;
  if (neverSentBy === undefined || !by) return [];
  const { id } = neverSentBy.step;
  const en = `${say.en.step(id)} is known to send, settled, and sent nothing this way.`;
  const text = zh`${say.zh.step(id)}本应发出，它已处理完，但没有发往这里。`;
  return [{ kind: "sent", at: by[0], text: { en, zh: text }, ref: `step:${id}` }];
}

export function outageEvidence({ step, dueAt }: StatedStep, { population }: Cause, say: Wordings): readonly Evidence[] {
  if (population === undefined) return [];
  const { due, missing } = population;
  const en = `${missing} of ${due} records due at ${say.en.step(step.id)} within 5 minutes of it are missing there.`;
  const text = zh`前后 5 分钟应到${say.zh.step(step.id)}的 ${due} 张里，有 ${missing} 张没到。`;
  return [{ kind: "outage", at: dueAt ?? null, text: { en, zh: text }, ref: `step:${step.id}` }];
}

export function perEvidence({ step, settlement }: StatedStep, say: Wordings): readonly Evidence[] {
  const { missing, valueCount } = settlement;
  if (step.per === undefined || missing.length === 0) return [];
  const values = missing.slice(0, 20).join(", ");
  const en = `${missing.length} of ${valueCount} \`${step.per}\` are missing at ${say.en.step(step.id)}: ${values}.`;
  const text = zh`${say.zh.step(step.id)}缺 ${missing.length} 个 \`${step.per}\`（共 ${valueCount} 个）：${values}。`;
  return [{ kind: "per", at: null, text: { en, zh: text }, ref: `step:${step.id}` }];
}

/** Where the record was last seen: the step the deadline counts from, or the last of a journey without trouble. */
export function placeEvidence({ broken, steps }: Assessment, say: Wordings): readonly Evidence[] {
  const origin = broken?.step.origin;
  const settled = steps.flatMap(({ step, settlement }) =>
    settlement.by ? [{ step: step.id, by: settlement.by }] : [],
  );
  const place =
    origin?.kind === "step"
      ? origin
      : settled.reduce<(typeof settled)[number] | null>((a, b) => (a === null || b.by[0] >= a.by[0] ? b : a), null);
  if (place === null) return [];
  const { step, by } = place;
  const en = `Seen at ${say.en.step(step)} at ${say.en.time(by[0])}.`;
  const text = zh`${say.zh.time(by[0])} 在${say.zh.step(step)}看到。`;
  return [{ kind: "last_seen", at: by[0], text: { en, zh: text }, ref: eventRef(by) }];
}

export function endedEvidence({ survey }: Assessment, say: Wordings): readonly Evidence[] {
  const { ended } = survey;
  const by = ended === null ? null : survey.byId.get(ended.step)?.settlement.by;
  if (ended === null || !by) return [];
  const en = `${say.en.step(ended.step)} closed it; what had not happened by then is no longer expected.`;
  const text = zh`${say.zh.step(ended.step)}结束了它，此前没有发生的步骤不再等待。`;
  return [{ kind: "last_seen", at: ended.at, text: { en, zh: text }, ref: eventRef(by) }];
}

export function passedEvidence({ steps }: Assessment, say: Wordings): readonly Evidence[] {
  return steps.flatMap(({ step, status }): readonly Evidence[] => {
    if (status !== "passed") return [];
    const en = `Nothing reported ${say.en.step(step.id)}, but a later step was reached: it counts as passed.`;
    const text = zh`没有收到${say.zh.step(step.id)}的消息，但之后的步骤已到达，视为已经过。`;
    return [{ kind: "passed", at: null, text: { en, zh: text }, ref: `step:${step.id}` }];
  });
}

export function neverReportedEvidence({ step }: StatedStep, say: Wordings): readonly Evidence[] {
  const en = `Nothing has ever reported ${say.en.step(step.id)}.`;
  const text = zh`从来没有来源报告过${say.zh.step(step.id)}。`;
  return [{ kind: "never_reported", at: null, text: { en, zh: text }, ref: `step:${step.id}` }];
}

export function watermarkEvidence({ eyes, dueAt = Infinity }: StatedStep, say: Wordings): readonly Evidence[] {
  return eyes.map(({ source, watermark, newestAt }): Evidence => {
    const ref = `source:${source}`;
    const name = `\`${source}\``;
    if (newestAt === undefined) {
      const en = `Source ${name} has not sent anything yet.`;
      return { kind: "watermark", at: null, text: { en, zh: zh`来源 ${name} 还没有发过消息。` }, ref };
    }
    if (watermark <= dueAt) {
      const en = `Source ${name} has been silent since ${say.en.time(newestAt)}.`;
      const text = zh`来源 ${name} 自 ${say.zh.time(newestAt)} 没有消息。`;
      return { kind: "watermark", at: newestAt, text: { en, zh: text }, ref };
    }
    const en = `Source ${name} has been seen up to ${say.en.time(watermark)}: our eyes are open.`;
    const text = zh`来源 ${name} 的数据已看到 ${say.zh.time(watermark)}，不是我们没看见。`;
    return { kind: "watermark", at: watermark, text: { en, zh: text }, ref };
  });
}

export function undecidedEvidence({ steps }: Assessment, say: Wordings): readonly Evidence[] {
  return steps.flatMap(({ step, undecided, origin }): readonly Evidence[] => {
    if (!undecided || step.when === undefined) return [];
    const en = `Whether ${say.en.step(step.id)} is expected can't be told: the text that decides it had been masked. It counts as expected.`;
    const text = zh`无法判断${say.zh.step(step.id)}是否需要：决定它的内容已经遮盖，按需要处理。`;
    const at = origin.kind === "step" ? origin.at : null;
    return [{ kind: "contract", at, text: { en, zh: text }, ref: `contract:${step.when.hash}` }];
  });
}

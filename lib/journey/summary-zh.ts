import type { Cause } from "#lib/journey/cause.ts";
import type { JourneyState } from "#lib/journey/judgement.ts";
import type { StatedStep } from "#lib/journey/step-status.ts";
import type { Story } from "#lib/journey/story.ts";
import type { Wording } from "#lib/journey/wording.ts";
import { joinZh, zh } from "#lib/journey/zh.ts";

/** 同一个故事，一句话，可以在电话里念出来。 */
export function summaryZh(story: Story, state: JourneyState, say: Wording): string {
  if (story.broken !== null) return zh`${brokenZh(story, story.broken, say)}。`;
  if (state === "in_progress") return zh`${underWayZh(story, say)}。`;
  return zh`${completeZh(story, say)}。`;
}

const firstSeenZh = ({ record, startedAt, last }: Story, say: Wording): string =>
  last === null
    ? zh`${record} 在 ${say.time(startedAt)} 第一次出现`
    : zh`${record} 在 ${say.time(last.at)} 到达${say.step(last.step)}`;

const afterAttemptsZh = ({ healedAttempts }: Story): string =>
  healedAttempts === 0 ? "" : zh`，此前失败 ${healedAttempts} 次`;

function completeZh(story: Story, say: Wording): string {
  const { record, endedBy, latest, last, passed } = story;
  if (endedBy !== null) {
    return zh`${record} 在 ${say.time(endedBy.at)} 结束（${say.step(endedBy.step)}），不再等待其他步骤`;
  }
  const place = latest ?? last;
  if (place === null) return zh`${record} 已完成`;
  const late =
    latest === null ? "" : zh`，晚了 ${say.duration(latest.at - latest.dueAt)}（应于 ${say.time(latest.dueAt)}）`;
  const unseen = passed.length === 0 ? "" : zh`；没有收到${passed.map((id) => say.step(id)).join("、")}的消息`;
  return zh`${record} 已完成：${say.time(place.at)} 到达${say.step(place.step)}${late}${afterAttemptsZh(story)}${unseen}`;
}

function underWayZh(story: Story, say: Wording): string {
  const start = zh`${firstSeenZh(story, say)}${story.last === null ? "" : afterAttemptsZh(story)}`;
  const { next } = story;
  if (next === null) return zh`${start}，正在进行`;
  const tries = next.attempts === 0 ? "" : zh`，已尝试 ${next.attempts} 次，正在重试`;
  const due = next.dueAt === undefined ? "" : zh`（应于 ${say.time(next.dueAt)}）`;
  return zh`${start}；下一步是${say.step(next.step)}${due}${tries}`;
}

function brokenZh(story: Story, { step, cause }: NonNullable<Story["broken"]>, say: Wording): string {
  const to = say.step(step.step.id);
  const start = firstSeenZh(story, say);
  const due = dueZh(story, step, say);
  const values = valuesZh(step);
  if (step.status === "unknown") return zh`${start}；无法判断${values}是否到达${to}${due}：${silenceZh(step, to, say)}`;
  const failed = cause.attempt;
  const because = causeZh(cause, to, say);
  if (step.status === "failed" && failed !== undefined) {
    return zh`${start}，${say.time(failed.by[0])} ${values}在${to}失败${due}：${because}`;
  }
  if (cause.reason === "not_processed") return zh`${start}，之后${values}送到了${to}但没有处理${due}：${because}`;
  return zh`${start}，之后${values}没有到达${to}${due}：${because}`;
}

function dueZh({ lateByMs }: Story, { dueAt }: StatedStep, say: Wording): string {
  if (dueAt === undefined) return "";
  return zh`（应于 ${say.time(dueAt)}${lateByMs === undefined ? "" : zh`，逾期 ${say.duration(lateByMs)}`}）`;
}

const listed = 3;

function valuesZh({ step, settlement }: StatedStep): string {
  const { missing } = settlement;
  if (step.per === undefined || missing.length === 0) return "";
  const more = missing.length > listed ? zh`等 ${missing.length} 个` : "";
  return joinZh(`\`${step.per}\` ${missing.slice(0, listed).join("、")}`, more);
}

function silenceZh({ eyes, dueAt = Infinity }: StatedStep, to: string, say: Wording): string {
  const silent = eyes.filter(({ watermark }) => watermark <= dueAt);
  if (silent.length === 0) return zh`从来没有来源报告过${to}`;
  return silent
    .slice(0, listed)
    .map(({ source, newestAt }) =>
      newestAt === undefined
        ? zh`来源 ${`\`${source}\``} 还没有发过消息`
        : zh`来源 ${`\`${source}\``} 自 ${say.time(newestAt)} 没有消息`,
    )
    .join("，");
}

function causeZh(cause: Cause, to: string, say: Wording): string {
  const { reason, payload, attempt } = cause;
  if (
    cause.errorClass === undefined &&
    payload !== undefined &&
    (reason === "missing_field" || reason === "bad_format")
  ) {
    const finding = payload.findings[0];
    const field = say.field(cause.field ?? "", finding?.title);
    const from = say.step(payload.at.step.id);
    if (reason === "missing_field") return zh`${from}里的${field}是空的，${to}必填`;
    return zh`${from}里的${field}不符合${to}要求的格式（${finding?.expected ?? "另一种格式"}）`;
  }
  const field = cause.field === undefined ? null : say.field(cause.field, titleOf(cause));
  const code = cause.errorClass === undefined || attempt?.code === undefined ? null : zh`代码 ${attempt.code}`;
  const isFieldTold = reason === "missing_field" || reason === "bad_format";
  const details = [isFieldTold ? null : field, code].filter((detail) => detail !== null);
  return zh`${reasonZh(cause, to, field, say)}${details.length === 0 ? "" : `（${details.join("，")}）`}`;
}

const titleOf = ({ field, payload }: Cause): string | undefined =>
  payload?.findings.find((finding) => finding.field === field)?.title;

function reasonZh(cause: Cause, to: string, field: string | null, say: Wording): string {
  switch (cause.reason) {
    case "missing_field":
      return field === null ? zh`${to}反馈缺少字段` : zh`${to}反馈缺少${field}`;
    case "bad_format":
      return field === null ? zh`${to}反馈格式不符` : zh`${to}反馈${field}格式不符`;
    case "rejected":
      return zh`${to}没有接受`;
    case "timeout":
      return zh`${to}没有及时应答`;
    case "unreachable":
      return zh`连不上${to}`;
    case "circuit_open":
      return zh`因此前连续出错，对${to}的调用已暂停`;
    case "conflict":
      return zh`与${to}已有的数据冲突`;
    case "unauthorized":
      return zh`${to}没有准许访问`;
    case "unknown_error":
      return zh`${to}报告了错误，没有说明是哪一类`;
    case "not_processed":
      return cause.received === undefined
        ? zh`${to}之后没有消息`
        : zh`${to}在 ${say.time(cause.received[0])} 收到，之后没有消息`;
    case "lost_in_transit":
      return cause.sent === undefined
        ? "已发出，对方没有收到"
        : zh`${say.step(cause.sent.from.step.id)}在 ${say.time(cause.sent.by[0])} 已发出，之后没有收到`;
    case "never_sent":
      return cause.neverSentBy === undefined
        ? "没有往下发出"
        : zh`${say.step(cause.neverSentBy.step.id)}已处理完，没有往下发出`;
    case "outage":
      return cause.population === undefined
        ? "同一时间应到的记录大多没到"
        : zh`前后 5 分钟应到的 ${cause.population.due} 张里有 ${cause.population.missing} 张没到`;
    case "not_seen":
      return "来源都在正常报告，没有看到这张，原因还不清楚";
    default:
      return "无法判断";
  }
}

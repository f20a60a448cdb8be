import type { Owners } from "#lib/flow/flow-version.ts";
import type { JourneyState, Summary } from "#lib/journey/judgement.ts";
import { teamName } from "#lib/journey/names.ts";
import type { WallClock } from "#lib/journey/wording.ts";
import { zh } from "#lib/journey/zh.ts";
import type { People } from "#lib/people/people.ts";
import type { Language } from "#lib/time-text/duration-text.ts";
import { timeText } from "#lib/time-text/time-text.ts";

/** Journeys that share a verdict, as the sentence tells them. */
export interface AlikeJourneys extends WallClock {
  /** How many besides this one. */
  readonly others: number;
  /** Smallest `since` of all of them, epoch ms. */
  readonly since: number;
  readonly state: JourneyState;
}

/** The sentence with how many are alike and who is responsible: "14 others fail the same way since 09:58. Provided by …". */
export function summaryWithAlike(
  summary: Summary,
  alike: AlikeJourneys | null,
  owners: Owners,
  people: People,
): Summary {
  const en = [summary.en, alikeEn(alike), ownersEn(owners, people)].filter((sentence) => sentence !== "");
  return { en: en.join(" "), zh: summary.zh + alikeZh(alike) + ownersZh(owners, people) };
}

function alikeEn(alike: AlikeJourneys | null): string {
  if (alike === null || alike.others <= 0) return "";
  const since = timeText(alike.since, { now: alike.now, timeZone: alike.timeZone, language: "en" });
  if (alike.state === "unknown") return `The same can't be told of ${alike.others} more since ${since}.`;
  const who = alike.others === 1 ? "1 other fails" : `${alike.others} others fail`;
  return `${who} the same way since ${since}.`;
}

function alikeZh(alike: AlikeJourneys | null): string {
  if (alike === null || alike.others <= 0) return "";
  const since = timeText(alike.since, { now: alike.now, timeZone: alike.timeZone, language: "zh" });
  if (alike.state === "unknown") return zh`另有 ${alike.others} 张自 ${since} 起同样无法判断。`;
  return zh`另有 ${alike.others} 张自 ${since} 起同样没有到达或失败。`;
}

function ownersEn(owners: Owners, people: People): string {
  const parts = ownerTexts(owners, people, "en", {
    provides: "provided by ",
    processes: "processed by ",
    monitors: "monitored by ",
  });
  const [first = "", ...others] = parts;
  return first === ""
    ? ""
    : `${first.charAt(0).toUpperCase()}${first.slice(1)}${others.map((part) => `, ${part}`).join("")}.`;
}

function ownersZh(owners: Owners, people: People): string {
  const parts = ownerTexts(owners, people, "zh", { provides: "提供", processes: "处理", monitors: "监控" });
  return parts.length === 0 ? "" : `${parts.join("，")}。`;
}

function ownerTexts(
  owners: Owners,
  people: People,
  language: Language,
  labels: Readonly<Record<keyof Owners, string>>,
): readonly string[] {
  return (["provides", "processes", "monitors"] as const).flatMap((role) => {
    const id = owners[role];
    if (id === undefined) return [];
    const name = teamName(id, people, language);
    return [language === "zh" ? zh`${labels[role]}：${name}` : labels[role] + name];
  });
}

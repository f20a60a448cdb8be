import type { ReactNode } from "react";
import { translatorOf } from "#components/message/translator.ts";
import { ChoiceLink } from "#components/ui/choice-link.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { localTimeText, presets, type Period, type Preset } from "#lib/period/period.ts";
import { timeText, zoneText, type Clock } from "#lib/time-text/time-text.ts";

/** `10:00:00–11:00:00`; an open end is left open. */
export const periodText = ({ from, to }: Partial<Period>, clock: Clock): string =>
  `${from === undefined ? "" : timeText(from, clock)}–${to === undefined ? "" : timeText(to, clock)}`;

/**
 * The span of time of a page: what ends now, or a span of one's own in the person's zone. `href` makes the address of a choice, `kept`
 * is what else stands in the address and goes along with the form.
 */
export const PeriodMenu = ({
  chosen,
  period,
  clock,
  path,
  kept,
  href,
  anyText,
}: {
  readonly chosen: Preset | "any" | "custom";
  readonly period: Partial<Period>;
  readonly clock: Clock;
  readonly path: string;
  readonly kept: Readonly<Record<string, string>>;
  readonly href: (change: Readonly<Record<string, string | null>>) => string;
  /** Where the page can do without one. */
  readonly anyText?: string;
}): ReactNode => {
  const t = translatorOf(clock.language, "period");
  const text =
    chosen === "any" ? (anyText ?? "") : chosen === "custom" ? periodText(period, clock) : t(`preset.${chosen}`);
  const local = (at: number | undefined): string => (at === undefined ? "" : localTimeText(at, clock.timeZone));
  return (
    <Popover text={text} icon="clock" isSet={chosen !== "any"}>
      {anyText === undefined ? null : (
        <ChoiceLink isChosen={chosen === "any"} href={href({ range: null, from: null, to: null })}>
          {anyText}
        </ChoiceLink>
      )}
      {presets.map((preset) => (
        <ChoiceLink key={preset} isChosen={chosen === preset} href={href({ range: preset, from: null, to: null })}>
          {t(`preset.${preset}`)}
        </ChoiceLink>
      ))}
      <form action={path} className="mt-1.5 grid gap-2 border-t border-line px-2.5 pt-2.5 pb-1.5">
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label className="grid gap-1 text-12 text-ink-3">
          {t("from")}
          <input className="field text-13" type="datetime-local" name="from" defaultValue={local(period.from)} />
        </label>
        <label className="grid gap-1 text-12 text-ink-3">
          {t("to")}
          <input className="field text-13" type="datetime-local" name="to" defaultValue={local(period.to)} />
        </label>
        <p className="text-12 text-ink-3">{t("zone", { zone: zoneText(clock.timeZone, clock.now) })}</p>
        <button type="submit" className="btn">
          {t("apply")}
        </button>
      </form>
    </Popover>
  );
};

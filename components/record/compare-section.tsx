import type { ReactNode } from "react";
import { compareFields, type FieldDifference } from "#lib/field/compare-fields.ts";
import { compareHops, type HopDifference } from "#lib/journey/compare-hops.ts";
import { stepStatuses } from "#lib/journey/judgement.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { namesOf } from "#components/record/names.ts";
import type { View } from "#components/record/view.ts";

/** The record that a journey is compared with, or why there is none. */
export type ComparedRecord =
  | { readonly result: "found"; readonly journey: JourneyAnswer; readonly isNearest: boolean }
  | { readonly result: "none" | "not_found" | "self" };

interface Records {
  readonly here: string;
  readonly there: string;
}

/** Whose value it is, where the narrow screen has no head to say so. */
const Of = ({ record }: { readonly record: string }): ReactNode => (
  <span className="block text-12 text-ink-3 wide:hidden">{record}</span>
);

const FieldRows = ({
  rows,
  records,
  names,
  view,
}: {
  readonly rows: readonly FieldDifference[];
  readonly records: Records;
  readonly names: ReturnType<typeof namesOf>;
  readonly view: View;
}): ReactNode => {
  const t = view.compare;
  const cell = (text: string, kind: FieldDifference["kind"], side: "here" | "there"): ReactNode => {
    if (kind === `empty_${side}` || kind === `missing_${side}`)
      return <span className="text-ink-3">{t(kind === `empty_${side}` ? "empty" : "missing")}</span>;
    return text;
  };
  return (
    <tbody>
      {rows.map(({ field, title, step, kind, here, there }) => (
        <tr key={field}>
          <td>
            {title === undefined ? null : <b className="block font-medium">{title}</b>}
            <code className="text-12">{field === "" ? view.fields("whole") : field}</code>
          </td>
          <td className="cell-state text-ink-2">{t(`kind.${kind}`)}</td>
          <td className="cell-wide text-ink-2">{names.step(step)}</td>
          <td className="cell-left">
            <Of record={records.here} />
            {cell(here, kind, "here")}
          </td>
          <td className="cell-right max-wide:text-right">
            <Of record={records.there} />
            {cell(there, kind, "there")}
          </td>
        </tr>
      ))}
    </tbody>
  );
};

const HopRows = ({
  rows,
  records,
  names,
  view,
}: {
  readonly rows: readonly HopDifference[];
  readonly records: Records;
  readonly names: ReturnType<typeof namesOf>;
  readonly view: View;
}): ReactNode => {
  const cell = (hop: HopDifference["here"]): ReactNode => {
    if (hop === null) return "–";
    const status = stepStatuses.find((each) => each === hop.status);
    const word = status === undefined ? hop.status : view.compare(`status.${status}`);
    return hop.latencyMs === undefined ? word : `${word}, ${view.duration(hop.latencyMs)}`;
  };
  return (
    <tbody>
      {rows.map(({ from, to, here, there, factor }) => (
        <tr key={`${from}..${to}`}>
          <td>
            {names.step(from)} → {names.step(to)}
          </td>
          <td className="cell-state text-ink-2">
            {factor === undefined
              ? ""
              : factor > 1
                ? view.compare("slower", { factor: factor >= 10 ? Math.round(factor) : Math.round(factor * 10) / 10 })
                : view.compare("faster", { duration: view.duration((there?.latencyMs ?? 0) - (here?.latencyMs ?? 0)) })}
          </td>
          <td className="cell-left">
            <Of record={records.here} />
            {cell(here)}
          </td>
          <td className="cell-right max-wide:text-right">
            <Of record={records.there} />
            {cell(there)}
          </td>
        </tr>
      ))}
    </tbody>
  );
};

/** What sets this journey apart from one that got through: fields that are missing or made otherwise, hops that went otherwise. */
const Differences = ({
  journey,
  other,
  mayReadPayloads,
  view,
}: {
  readonly journey: JourneyAnswer;
  readonly other: JourneyAnswer;
  readonly mayReadPayloads: boolean;
  readonly view: View;
}): ReactNode => {
  const t = view.compare;
  const names = namesOf(journey, view.clock.language);
  const records = { here: journey.primary ?? t("here"), there: other.primary ?? "" };
  const fields = compareFields(journey, other);
  const hops = compareHops(journey.hops, other.hops);
  const heads = (first: string, second: string | null): ReactNode => (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">{t("how")}</th>
        {second === null ? null : <th scope="col">{second}</th>}
        <th scope="col">{records.here}</th>
        <th scope="col">{records.there}</th>
      </tr>
    </thead>
  );
  return (
    <>
      <h3 className="mt-4 text-13 font-medium text-ink-3">{t("fields")}</h3>
      {!mayReadPayloads ? (
        <p className="py-2 text-13 text-ink-2">{t("hidden")}</p>
      ) : fields.differences.length === 0 ? (
        <p className="py-2 text-13 text-ink-2">{t("fieldsNone")}</p>
      ) : (
        <table className="list-table" aria-label={t("fields")}>
          {heads(t("field"), t("at"))}
          <FieldRows rows={fields.differences} records={records} names={names} view={view} />
        </table>
      )}
      {mayReadPayloads ? (
        <p className="py-2 text-13 text-ink-2">
          {[
            fields.otherValues === 0 ? "" : t("values", { count: fields.otherValues }),
            fields.same === 0 ? "" : t("same", { count: fields.same }),
          ]
            .filter((text) => text !== "")
            .join(" · ")}
        </p>
      ) : null}
      <h3 className="mt-3 text-13 font-medium text-ink-3">{t("hops")}</h3>
      {hops.length === 0 ? (
        <p className="py-2 text-13 text-ink-2">{t("hopsNone")}</p>
      ) : (
        <table className="list-table" aria-label={t("hops")}>
          {heads(t("hop"), null)}
          <HopRows rows={hops} records={records} names={names} view={view} />
        </table>
      )}
    </>
  );
};

/** A journey beside another of its flow. `ask`: the form for another key; `children` stand in for the answer while it is awaited. */
export const CompareSection = ({
  journey,
  compared,
  asked,
  otherHref,
  closeHref,
  ask,
  mayReadPayloads,
  view,
}: {
  readonly journey: JourneyAnswer;
  /** null: still being looked for. */
  readonly compared: ComparedRecord | null;
  readonly asked: string | null;
  readonly otherHref: ((primary: string) => string) | null;
  readonly closeHref: string;
  readonly ask: { readonly action: string; readonly kept: Readonly<Record<string, string>> };
  readonly mayReadPayloads: boolean;
  readonly view: View;
}): ReactNode => {
  const t = view.compare;
  const other = compared?.result === "found" ? compared.journey : null;
  return (
    <section
      aria-labelledby="compare-title"
      id="compare"
      className="mt-8 scroll-mt-16"
      data-compare={compared?.result ?? "loading"}
    >
      <div className="section-head">
        <h2 id="compare-title" tabIndex={-1}>
          {t("title")}
        </h2>
        <a className="link no-print ml-auto text-13" href={closeHref}>
          {t("close")}
        </a>
      </div>
      {compared === null ? (
        <p className="py-2.5 text-13 text-ink-2">{t("loading")}</p>
      ) : compared.result === "found" ? (
        <p className="py-2.5 text-13 text-ink-2 [overflow-wrap:anywhere]">
          {other === null || other.primary === null || otherHref === null ? null : (
            <>
              <a className="link" href={otherHref(other.primary)}>
                {other.primary}
              </a>
              {": "}
              {t("with", { state: view.state(other.state), at: view.time(other.startedAt) })}{" "}
            </>
          )}
          {compared.isNearest ? t("nearest") : null}
          {other !== null && other.flowVersion !== journey.flowVersion ? t("otherVersion") : null}
        </p>
      ) : (
        <p className="py-2.5 text-13 text-ink-2 [overflow-wrap:anywhere]">
          {compared.result === "none"
            ? t("none")
            : compared.result === "self"
              ? t("self")
              : t("notFound", { key: asked ?? "" })}
        </p>
      )}
      {other === null ? null : (
        <Differences journey={journey} other={other} mayReadPayloads={mayReadPayloads} view={view} />
      )}
      <form
        className="no-print mt-4 flex max-w-120 flex-wrap items-end gap-2"
        action={`${ask.action}#compare`}
        method="get"
      >
        {Object.entries(ask.kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label className="min-w-0 flex-1 text-13 font-medium">
          {t("another")}
          <input
            className="field mt-1"
            name="compare"
            required
            maxLength={512}
            autoComplete="off"
            defaultValue={asked ?? ""}
          />
        </label>
        <button type="submit" className="btn">
          {t("submit")}
        </button>
      </form>
    </section>
  );
};

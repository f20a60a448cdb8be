import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { RecordAnswer } from "#lib/record/record-answer.ts";
import { RecordPage } from "#components/record/record-page.tsx";
import { asOf } from "#test/fixtures/record/build-journey.ts";
import { fiveBranches, importedCase, twelveSteps } from "#test/fixtures/record/long-flows.ts";
import * as records from "#test/fixtures/record/more-records.ts";
import { pageLinks } from "#test/fixtures/record/page-links.ts";
import { so1042 } from "#test/fixtures/record/so-1042.ts";

const drawn = (
  answer: RecordAnswer,
  language: "en" | "zh" = "en",
  { mayReadPayloads = true, unfolded = false } = {},
): string =>
  renderToStaticMarkup(
    <RecordPage
      answer={answer}
      shown={0}
      clock={{ now: Date.parse(asOf), timeZone: "Asia/Shanghai", language }}
      links={pageLinks}
      alike={null}
      live={null}
      unfolded={unfolded}
      allFields={unfolded}
      allEvents={unfolded}
      mayReadPayloads={mayReadPayloads}
      casework={null}
      compare={null}
    />,
  );
const textOf = (html: string): string => html.replaceAll(/<[^>]*>/gu, " ").replaceAll(/\s+/gu, " ");
const all = { so1042, twelveSteps, fiveBranches, importedCase, ...records };

describe("the page of a key that leads to very many records", () => {
  const [journey] = so1042.journeys;
  if (journey === undefined) throw new Error("SO-1042 has a journey");
  const answer: RecordAnswer = {
    record: { ...so1042.record, type: "payment_no", value: "P-1", brief: true },
    journeys: Array.from({ length: 60 }, (_, index) => ({ ...journey, primary: `SO-${index}`, events: [] })),
    unmatched: [],
  };

  it("is a list that leads to the page of each, and to the list of all", () => {
    for (const language of ["en", "zh"] as const) {
      const html = drawn(answer, language);
      expect(html).toContain("<h1");
      expect(html).toContain(`href="${pageLinks.record(journey.flow, "SO-49")}"`);
      expect(html).toContain('href="/journeys?q=P-1"');
      expect(html).not.toContain('aria-current="true"');
      expect(textOf(html)).not.toContain(journey.verdict.summary[language]);
    }
  });
});

describe("the page of a record", () => {
  it.each(Object.entries(all))("%s is drawn in both languages, whole and folded, with every word", (_name, answer) => {
    for (const language of ["en", "zh"] as const) {
      for (const unfolded of [false, true]) {
        const html = drawn(answer, language, { unfolded });
        expect(textOf(html)).not.toMatch(
          /undefined|NaN|\[object|record\.[a-z]+\.|journey\.[a-z]+\.[a-z]|fields\.[a-z]/u,
        );
        expect(html).not.toMatch(/Invalid Date/u);
      }
    }
  });

  it("lets nothing from outside become markup, a script or an address", () => {
    const html = drawn(records.hostile) + drawn(records.hostile, "zh");
    expect(html).not.toMatch(/<script|<img|onerror="|href="javascript|href="data:|src="/iu);
    expect(html).toContain("&lt;script&gt;");
  });

  it("marks the first column where the field broke, and only there", () => {
    const html = drawn(so1042);
    expect(html.match(/first broken hop/gu)).toHaveLength(2); // the table and its phone form
  });

  it("shows what is masked as it is kept", () => {
    const html = drawn(so1042);
    expect(html).toContain("138****5520");
    expect(html).toContain("masked");
  });

  it("lists the newest events and leads to all of them", () => {
    const [journey] = so1042.journeys;
    const [event] = journey?.events ?? [];
    if (journey === undefined || event === undefined) throw new Error("The fixture has no events");
    const events = Array.from({ length: 120 }, (_, index) => ({ ...event, id: `many-${index}` }));
    const many = { ...so1042, journeys: [{ ...journey, events, eventsTotal: 120 }] };
    expect(drawn(many).match(/<details/gu)).toHaveLength(20);
    expect(drawn(many)).toContain('href="?events=all#events"');
    expect(drawn(many, "en", { unfolded: true }).match(/<details/gu)).toHaveLength(120);
  });

  it("counts the events that retention has let go of", () => {
    expect(textOf(drawn(records.failedRejected))).toContain("have passed retention and are counted only");
  });

  it("says which of several journeys is shown, worst first", () => {
    const text = textOf(drawn(records.severalJourneys));
    expect(text).toContain("4 journeys of P-9, worst first");
    expect(drawn(records.severalJourneys).match(/aria-current="true"/gu)).toHaveLength(1);
  });

  it("says what is known of a key without a journey", () => {
    expect(textOf(drawn(records.tooCommon))).toContain("payment_no P-0 leads to 1,812 records");
    expect(textOf(drawn(records.unmatchedOnly))).toContain("no flow has a step for them");
    expect(textOf(drawn(records.waitingForLink))).toContain("It joins its record by itself");
  });

  it("tells people who may not read payloads that there are some", () => {
    expect(textOf(drawn(so1042, "en", { mayReadPayloads: false }))).toContain("Payloads are not shown to your role.");
  });
});

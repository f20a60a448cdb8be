import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JourneyAnswer, RecordAnswer } from "#lib/record/record-answer.ts";
import { chatText, maxChatLength } from "#components/record/chat-text.ts";
import { customerText } from "#components/record/customer-text.ts";
import { markSentence, plainSentence } from "#components/record/mark-sentence.ts";
import { ownSentence } from "#components/record/own-sentence.ts";
import { viewOf, type View } from "#components/record/view.ts";
import { asOf } from "#test/fixtures/record/build-journey.ts";
import { importedCase, twelveSteps } from "#test/fixtures/record/long-flows.ts";
import * as records from "#test/fixtures/record/more-records.ts";
import { so1042, so1042Journey } from "#test/fixtures/record/so-1042.ts";

const view = (language: "en" | "zh"): View => viewOf({ now: Date.parse(asOf), timeZone: "Asia/Shanghai", language });
const [en, zh] = [view("en"), view("zh")];
const first = ({ journeys: [journey] }: RecordAnswer): JourneyAnswer => {
  if (journey === undefined) throw new Error("The fixture has no journey");
  return journey;
};
const { severalJourneys: _several, tooCommon: _tooCommon, unmatchedOnly: _unmatched, ...single } = records;
const journeys = [so1042, twelveSteps, importedCase, ...Object.values(single)].map(first);

describe("what to tell the customer", () => {
  it("says what is done and what is not, as of when", () => {
    expect(customerText(so1042Journey, "SO-1042", en)).toBe(
      "SO-1042 has been with us since 10:01. Done so far: Order placed (10:01). One step should have been completed by 10:02 and has not been yet. As of 13:02.",
    );
    expect(customerText(so1042Journey, "SO-1042", zh)).toBe(
      "您的 SO-1042 我们在 10:01 收到。已完成：下单（10:01）。有一步原定 10:02 前完成，目前还没有完成。其中“税号”这一项没有完整传到。以上截至 13:02。",
    );
  });

  it.each([
    ["completed", records.completed, "Everything has been completed, at 11:31."],
    ["completed late", records.completedLate, "Everything has been completed, at 13:01, later than planned."],
    ["in progress", records.inProgress, "So far everything is on time."],
    ["failed", records.failedRejected, "One step did not go through."],
    ["not known", records.sourceSilent, "can’t tell yet whether it is done."],
    ["waiting for a link", records.waitingForLink, "it is not connected to an order yet."],
    ["closed early", records.cancelled, "It was closed at 10:09; nothing more follows."],
  ])("has words of its own for a journey that is %s", (_state, answer, words) => {
    expect(customerText(first(answer), "SF1093", en)).toContain(words);
  });

  it.each(journeys.map((journey) => [journey.primary ?? "nothing", journey] as const))(
    "names no team, no system, no source, no id and no field of %s",
    (_name, journey) => {
      const hidden = [
        ...Object.values(journey.names.teams).flatMap(({ title }) => [title?.en, title?.zh]),
        ...Object.values(journey.names.systems).flatMap(({ title }) => [title?.en, title?.zh]),
        ...journey.steps.flatMap((step) => [step.system, step.source]),
        ...journey.events.flatMap((event) => [event.point, event.source]),
        journey.verdict.field,
        journey.verdict.owners.processes,
      ].filter((word) => word !== undefined && word.length > 2 && journey.primary?.includes(word) !== true);
      for (const text of [customerText(journey, "X", en), customerText(journey, "X", zh)]) {
        for (const word of hidden)
          expect(text.toLowerCase().split(/[\s“”（）()、,.:：。]+/u)).not.toContain(word?.toLowerCase());
        expect(text.replaceAll(journey.primary ?? "X", "")).not.toMatch(/[`_{}<>]|undefined|NaN/u);
      }
    },
  );

  it("promises nothing", () => {
    for (const journey of journeys) {
      expect(customerText(journey, "X", en)).not.toMatch(/\b(will|shall|soon|promise|expect|sorry|please)\b/iu);
      expect(customerText(journey, "X", zh)).not.toMatch(/将|会在|马上|尽快|保证|预计|请您|抱歉/u);
    }
  });
});

describe("what is copied for a chat", () => {
  it("is the sentence, the owners and the link", () => {
    expect(chatText(so1042Journey, "https://hopline.example.com/record/order_no/SO-1042", en).split("\n")).toEqual([
      "SO-1042 reached CRM export at 10:02:11 and never reached Finance (due 10:02:16, 3 h overdue): tax_no was empty in the CRM export data; Finance requires it.",
      "provides: Sales-Ops; processes: Integration; monitors: Support",
      "https://hopline.example.com/record/order_no/SO-1042",
    ]);
  });

  it("never exceeds 400 characters, cuts no character in two and keeps the link whole", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 600 }),
        fc.array(fc.string({ unit: "grapheme", maxLength: 300 }), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 0, max: 900 }),
        fc.constantFrom(en, zh),
        (sentence, [provides = "", processes = "", monitors = ""], length, shown) => {
          const url = `https://hopline.example.com/record/order_no/${"X".repeat(length)}`;
          const verdict = {
            ...so1042Journey.verdict,
            summary: { en: sentence, zh: sentence },
            owners: { provides, processes, monitors },
          };
          const text = chatText({ ...so1042Journey, verdict }, url, shown);
          expect(text.length).toBeLessThanOrEqual(maxChatLength);
          expect(text.isWellFormed()).toBe(
            sentence.isWellFormed() && provides.isWellFormed() && processes.isWellFormed() && monitors.isWellFormed(),
          );
          if (url.length <= 200) expect(text.endsWith(url)).toBe(true);
          else expect(text).not.toContain("https://");
        },
      ),
    );
  });
});

describe("the sentence", () => {
  it("stands alone on the page: what is said beside it is taken off", () => {
    expect(ownSentence(so1042Journey, en)).toMatch(/Finance requires it\.$/u);
    expect(ownSentence(so1042Journey, zh)).toMatch(/财务必填。$/u);
  });

  it("marks the record, the steps, ids and what went wrong", () => {
    const pieces = markSentence(ownSentence(so1042Journey, en), {
      key: "SO-1042",
      names: ["CRM export", "Finance"],
      broken: "Finance",
    });
    expect(pieces.filter((piece) => piece.mark === "key")).toEqual([{ text: "SO-1042", mark: "key" }]);
    expect(pieces.filter((piece) => piece.mark === "hot")).toEqual([{ text: "never reached Finance", mark: "hot" }]);
    expect(pieces.filter((piece) => piece.mark === "code")).toEqual([{ text: "tax_no", mark: "code" }]);
    expect(pieces.filter((piece) => piece.mark === "name").map((piece) => piece.text)).toContain("CRM export");
  });

  it("loses and adds no character, whatever stands in it", () => {
    const anything = fc.string({ unit: "grapheme", maxLength: 200 });
    fc.assert(
      fc.property(anything, anything, fc.array(anything, { maxLength: 4 }), (sentence, key, names) => {
        const pieces = markSentence(sentence, { key, names, broken: names[0] ?? null });
        expect(pieces.map((piece) => (piece.mark === "code" ? `\`${piece.text}\`` : piece.text)).join("")).toBe(
          sentence,
        );
        expect(plainSentence(sentence).length).toBeLessThanOrEqual(sentence.length);
      }),
    );
  });
});

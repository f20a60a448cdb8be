import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { CaseworkAnswer } from "#components/casework/casework-answer.ts";
import type { Casework } from "#components/casework/casework.ts";
import { chatText, maxChatLength } from "#components/record/chat-text.ts";
import { CompareSection } from "#components/record/compare-section.tsx";
import { ownerRoles, ownerText } from "#components/record/owner-text.ts";
import { RecordPage } from "#components/record/record-page.tsx";
import { viewOf, type View } from "#components/record/view.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { asOf } from "#test/fixtures/record/build-journey.ts";
import { pageLinks } from "#test/fixtures/record/page-links.ts";
import * as records from "#test/fixtures/record/more-records.ts";
import { so1042, so1042Journey } from "#test/fixtures/record/so-1042.ts";

const view = (language: "en" | "zh"): View => viewOf({ now: Date.parse(asOf), timeZone: "Asia/Shanghai", language });
const [en, zh] = [view("en"), view("zh")];
const url = "https://hopline.example.com/record/order_no/SO-1042";
const textOf = (html: string): string => html.replaceAll(/<[^>]*>/gu, " ").replaceAll(/\s+/gu, " ");
const closed = { at: asOf, by: "Li", reason: "Refunded by <b>phone</b>" };
const act = async (): Promise<CaseworkAnswer> => ({ result: "done" });
const casework: Casework = {
  viewer: "Li",
  mayClose: true,
  mayWrite: true,
  notes: [{ id: "1", at: asOf, by: "Wang", text: "<img src=x onerror=alert(1)>\nCalled", isOwn: false }],
  isClosing: false,
  closing: { close: act, reopen: act },
  noting: { add: act, delete: act, restore: act },
};
const drawn = (journey: JourneyAnswer, own: Casework | null, language: "en" | "zh" = "en"): string =>
  renderToStaticMarkup(
    <RecordPage
      answer={{ ...so1042, journeys: [journey] }}
      shown={0}
      clock={{ now: Date.parse(asOf), timeZone: "Asia/Shanghai", language }}
      links={pageLinks}
      alike={null}
      live={null}
      unfolded={false}
      allFields={false}
      allEvents={false}
      mayReadPayloads
      casework={own}
      compare={null}
    />,
  );

describe("what to tell each owner", () => {
  it("says what happened, what their part is and what to look at", () => {
    expect(ownerText(so1042Journey, "provides", url, en)).toBe(
      "Sales-Ops: SO-1042 reached CRM export at 10:02:11 and never reached Finance (due 10:02:16, 3 h overdue): tax_no was empty in the CRM export data; Finance requires it. You provide this data: can you check tax_no at the source, and send it again once it is there?\n14 others are alike since 09:58:21.\n" +
        url,
    );
    expect(ownerText(so1042Journey, "processes", url, zh)).toMatch(
      /^集成组：.*这一步由你们处理，麻烦查一下 tax_no 在到财务之前哪里丢了或变了。\n自 09:58:21 起另有 14 张同样如此。\nhttps:/u,
    );
  });

  it("has nothing to say where nothing is broken or nobody has the role", () => {
    for (const role of ownerRoles) {
      expect(ownerText(records.completed.journeys[0] ?? so1042Journey, role, url, en)).toBeNull();
      const { verdict } = so1042Journey;
      expect(ownerText({ ...so1042Journey, verdict: { ...verdict, owners: {} } }, role, url, en)).toBeNull();
    }
  });

  it("never takes more than a message, whatever names and sentences are like, and blames nobody", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 900 }), fc.constantFrom(...ownerRoles), (text, role) => {
        const { verdict, names } = so1042Journey;
        const team = verdict.owners[role] ?? "";
        const long: JourneyAnswer = {
          ...so1042Journey,
          verdict: { ...verdict, field: text, summary: { en: text, zh: text } },
          names: { ...names, teams: { ...names.teams, [team]: { title: { en: text, zh: text } } } },
        };
        for (const each of [en, zh])
          expect(ownerText(long, role, url, each)?.length ?? 0).toBeLessThanOrEqual(maxChatLength);
      }),
    );
    for (const role of ownerRoles) {
      expect(ownerText(so1042Journey, role, url, en)).not.toMatch(/fault|forgot|mistake|please|!|culprit/iu);
      expect(ownerText(so1042Journey, role, url, zh)).not.toMatch(/您|责任|过错|忘|！/u);
    }
  });
});

describe("a record closed by hand", () => {
  it("says who closed it and why before the verdict, as text, and offers no owner a message", () => {
    for (const language of ["en", "zh"] as const) {
      const html = drawn({ ...so1042Journey, closed }, casework, language);
      const text = textOf(html);
      expect(text).toMatch(language === "en" ? /Closed by Li ?: Refunded/u : /由 Li 关闭/u);
      expect(html.indexOf("data-closed")).toBeLessThan(html.indexOf("data-sentence"));
      expect(html).toContain("Refunded by &lt;b&gt;phone");
      expect(html).not.toContain("data-owner-text");
    }
    expect(chatText({ ...so1042Journey, closed }, url, en)).toMatch(/^Closed by Li: Refunded/u);
  });

  it("can be closed by those who may, unless completed", () => {
    expect(drawn(so1042Journey, casework)).toContain("Close by hand");
    expect(drawn(so1042Journey, { ...casework, mayClose: false })).not.toContain("Close by hand");
    expect(drawn(records.completed.journeys[0] ?? so1042Journey, casework)).not.toContain("Close by hand");
    expect(drawn(so1042Journey, null)).not.toContain("Close by hand");
  });
});

it("shows notes as text, with their author, and deletes only one's own", () => {
  const html = drawn(so1042Journey, casework);
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  expect(html).not.toContain("<img");
  expect(textOf(html)).toContain("Wang");
  expect(html).not.toContain("Delete your note");
  const own = casework.notes.map((note) => ({ ...note, isOwn: true }));
  expect(drawn(so1042Journey, { ...casework, notes: own })).toContain("Delete your note of");
});

describe("a comparison", () => {
  const completed = records.completed.journeys[0] ?? so1042Journey;
  const events = so1042Journey.events.map((event) =>
    event.matchedStep === "crm_exported"
      ? { ...event, payload: { ...Object(event.payload), tax_no: "91310000" } }
      : event,
  );
  const other: JourneyAnswer = { ...completed, events };
  const section = (props: Partial<React.ComponentProps<typeof CompareSection>>, language: "en" | "zh" = "en"): string =>
    textOf(
      renderToStaticMarkup(
        <CompareSection
          journey={so1042Journey}
          compared={{ result: "found", journey: other, isNearest: true }}
          asked={null}
          otherHref={(primary) => `/record/order_no/${primary}`}
          closeHref="?"
          ask={pageLinks.compareForm}
          mayReadPayloads
          view={view(language)}
          {...props}
        />,
      ),
    );

  it("tells fields and hops that differ, in both languages", () => {
    for (const language of ["en", "zh"] as const)
      expect(section({}, language)).not.toMatch(/undefined|NaN|compare\.[a-z]/u);
    expect(section({})).toContain("tax_no empty in this record CRM export SO-1042 empty");
  });

  it("says why there is none, and hides fields from roles that may not read them", () => {
    expect(section({ compared: { result: "none" } })).toContain("nothing to compare with");
    expect(section({ compared: { result: "not_found" }, asked: "SO-9" })).toContain("No record SO-9 is known");
    expect(section({ compared: { result: "self" } })).toContain("this record itself");
    expect(section({ compared: null })).toContain("Looking for");
    expect(section({ mayReadPayloads: false })).not.toContain("tax_no");
  });
});

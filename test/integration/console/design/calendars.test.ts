import { describe, expect, it } from "vitest";
import { sighting, stepOf, hoplineOf } from "#test/support/hopline.ts";

const hopline = hoplineOf({
  "workdays.yaml": `
flow: workdays
record: { primary: order_no }
steps:
  - { id: paid, system: wd-paid }
  - { id: day, system: wd-day, after: paid, within: 24h, calendar: cn-workdays }
  - { id: hour, system: wd-hour, after: paid, within: 1h, calendar: cn-workdays }
  - { id: plain, system: wd-plain, after: paid, within: 24h }
`,
});

/** Deadlines of an order paid at this time in Shanghai, told in Shanghai's time. */
const dueAfter = async (paidAt: string, order: string): Promise<Readonly<Record<string, string>>> => {
  await hopline.send(sighting(hopline, "workdays", "paid", order, "0s", { time: `${paidAt}+08:00` }));
  const journey = await hopline.journey(order);
  const local = (id: string): string => {
    const due = stepOf(journey, id).dueAt;
    return due === undefined ? "" : new Date(Date.parse(due) + 8 * 3_600_000).toISOString().slice(0, 19);
  };
  return { day: local("day"), hour: local("hour"), plain: local("plain") };
};

describe("a duration in cn-workdays", () => {
  it("runs as any other on working days", async () => {
    expect(await dueAfter("2026-11-17T10:00:00", "TUE")).toEqual({
      day: "2026-11-18T10:00:00",
      hour: "2026-11-17T11:00:00",
      plain: "2026-11-18T10:00:00",
    });
  });

  it("stands still over the week-end", async () => {
    expect(await dueAfter("2026-11-20T15:00:00", "FRI")).toEqual({
      day: "2026-11-23T15:00:00",
      hour: "2026-11-20T16:00:00",
      plain: "2026-11-21T15:00:00",
    });
    expect(await dueAfter("2026-11-20T23:30:00", "FRI-NIGHT")).toMatchObject({ hour: "2026-11-23T00:30:00" });
    expect(await dueAfter("2026-11-21T12:00:00", "SAT")).toEqual({
      day: "2026-11-24T00:00:00",
      hour: "2026-11-23T01:00:00",
      plain: "2026-11-22T12:00:00",
    });
  });

  it("ends at the first instant at which it is used up: Friday 24:00, not Monday 00:00", async () => {
    expect(await dueAfter("2026-11-20T00:00:00", "FRI-MIDNIGHT")).toMatchObject({ day: "2026-11-21T00:00:00" });
    expect(await dueAfter("2026-11-20T23:00:00", "FRI-23")).toMatchObject({ hour: "2026-11-21T00:00:00" });
  });

  it("stands still over holidays and runs on make-up working days", async () => {
    // 1 to 7 October 2026 are holidays; Saturday 10 October is worked, and so is Sunday 20 September.
    expect(await dueAfter("2026-09-30T12:00:00", "HOLIDAY")).toMatchObject({ day: "2026-10-08T12:00:00" });
    expect(await dueAfter("2026-10-09T12:00:00", "MAKE-UP")).toMatchObject({ day: "2026-10-10T12:00:00" });
  });

  it("decides what is late by it", async () => {
    const time = (text: string) => ({ time: `${text}+08:00` });
    await hopline.send(
      sighting(hopline, "workdays", "paid", "JUDGED", "0s", time("2026-11-20T15:00:00")),
      sighting(hopline, "workdays", "day", "JUDGED", "0s", time("2026-11-23T15:00:00")),
      sighting(hopline, "workdays", "hour", "JUDGED", "0s", time("2026-11-20T16:00:00.001")),
    );
    const journey = await hopline.journey("JUDGED");
    expect(stepOf(journey, "day").status).toBe("settled");
    expect(stepOf(journey, "hour").status).toBe("late");
  });
});

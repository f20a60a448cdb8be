import { describe, expect, it } from "vitest";
import { toKeyType } from "#lib/id/id.ts";
import { toSearchForm } from "#lib/key/search-form.ts";
import { type EventAdapter, useEventBed } from "#test/conformance/events/event-bed.ts";
import { makeChange, order, payment } from "#test/conformance/events/make.ts";

export const checkKeySearch = (adapter: EventAdapter): void => {
  describe(`key search of ${adapter.name}`, () => {
    const kit = useEventBed(adapter);

    it("finds keys of any type by beginning or end, exact ones first", async () => {
      const { projection, keySearch } = await kit.open("writer");
      const keys = [
        order("SO-10421"),
        payment("so 1042"),
        order("SO-1042"),
        order("XSO-1042"),
        order("SO-9999"),
        payment("订单一千"),
      ];
      await projection.commit(makeChange({ keys }));
      expect(await keySearch.list(toSearchForm("SO1042"), 9)).toEqual([
        order("SO-1042"),
        payment("so 1042"),
        order("SO-10421"),
        order("XSO-1042"),
      ]);
      expect(await keySearch.list(toSearchForm("so-1042"), 1)).toEqual([order("SO-1042")]);
      expect(await keySearch.list("9999", 9)).toEqual([order("SO-9999")]);
      expect(await keySearch.list("订单一千", 9)).toEqual([payment("订单一千")]);
      expect(await keySearch.list("o104", 9)).toEqual([]);
    });

    it("takes a form of less than four characters for a whole key only", async () => {
      const { projection, keySearch } = await kit.open("writer");
      await projection.commit(makeChange({ keys: [order("A-1"), order("A-12"), order("订单"), order("订单二")] }));
      expect(await keySearch.list("a1", 9)).toEqual([order("A-1")]);
      expect(await keySearch.list("订单", 9)).toEqual([order("订单")]);
      expect(await keySearch.list("", 9)).toEqual([]);
    });

    it("finds keys made of quotes, wildcards and emoji", async () => {
      const { projection, keySearch } = await kit.open("writer");
      const odd = ["100%_off*", "a'b\"c\\d", "😀😀😀😀x", "%%%%", "\u{10ffff}abcd"].map((value) => ({
        type: toKeyType("odd"),
        value,
      }));
      await projection.commit(makeChange({ keys: [...odd, order("100XXoff")] }));
      for (const key of odd) expect(await keySearch.list(toSearchForm(key.value), 9)).toContainEqual(key);
    });

    it("finds each of many keys once by an end they share, however often and late they were seen", async () => {
      const { projection, keySearch } = await kit.open("writer");
      const numbers = Array.from({ length: 40 }, (_, place) => String(place).padStart(2, "0"));
      const keys = numbers.map((number) => order(`R${number}-7788`));
      for (const key of keys) await projection.commit(makeChange({ keys: [key] }));
      await projection.flush();
      await projection.commit(makeChange({ keys: [...keys.toReversed(), order("R40-7788")] }));
      expect(await keySearch.list("7788", 100)).toEqual([...keys, order("R40-7788")]);
      expect(await keySearch.list("7788", 5)).toEqual(keys.slice(0, 5));
      await projection.forget({ units: [], journeys: [], keys: keys.slice(0, 39) });
      expect(await keySearch.list("7788", 100)).toEqual([order("R39-7788"), order("R40-7788")]);
      await projection.commit(makeChange({ keys: [order("R01-7788")] }));
      expect(await keySearch.list("7788", 100)).toEqual([order("R01-7788"), order("R39-7788"), order("R40-7788")]);
    });
  });
};

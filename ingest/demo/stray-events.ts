/** What comes to the wrong door, by source: refused and kept as dead letters, but for the last, which matches no step. */
export const strayLines = (asOf: number): readonly (readonly [source: string, lines: readonly string[]])[] => {
  const time = new Date(asOf - 20 * 60_000).toISOString();
  const later = new Date(asOf + 40 * 24 * 3_600_000).toISOString();
  const shipped = { flow: "order-to-cash", step: "shipped", system: "logistics", source: "carrier-webhook" };
  return [
    [
      "carrier-webhook",
      [
        JSON.stringify({ ...shipped, id: "stray-1", time, keys: {}, attributes: { carrier: "YTO" } }),
        JSON.stringify({ ...shipped, id: "stray-2", time, keys: { waybill_no: "  " }, attributes: { carrier: "YTO" } }),
        '{"id":"stray-3","step":"shipped","keys":{"waybill_no":"WB-9',
      ],
    ],
    [
      "wms-queue",
      [
        JSON.stringify({
          id: "stray-4",
          step: "picked",
          system: "warehouse",
          time: later,
          keys: { order_no: "SO-9999" },
        }),
        JSON.stringify({
          id: "stray-5",
          step: "picked",
          system: "warehouse",
          source: "erp-gateway",
          time,
          keys: { order_no: "SO-9999" },
        }),
      ],
    ],
    [
      "crm-export",
      [
        JSON.stringify({
          id: "stray-6",
          step: "archived",
          system: "crm",
          time,
          keys: { order_no: "SO-9998" },
          attributes: { job: "nightly-cleanup" },
        }),
      ],
    ],
  ];
};

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newHome, removeHome, startTestWorker, type TestWorker } from "#test/support/worker.ts";

const home = newHome();
let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker({ home });
});
afterAll(async () => {
  await worker.stop();
  removeHome(home);
});

/** Just under the 1 MiB an event may have, of something that weighs many times its text once it is read. */
const filler = (part: string): string => `[${part.repeat(Math.floor(1_040_000 / part.length) - 40)}0]`;
const eventOf = (id: string, payload: string): string =>
  `{"id":"${id}","step":"placed","time":${Date.now()},"keys":{"order_no":"${id}"},"payload":${payload}}`;

describe("fifteen events of a megabyte in one body", () => {
  const fillers: Readonly<Record<string, string>> = {
    brackets: "[],",
    objects: '{"a":1},',
    texts: '"",',
    numbers: "1.5,",
  };
  for (const [name, part] of Object.entries(fillers)) {
    test(`of ${name} are taken, three times at once, and the worker lives`, async () => {
      const items = Array.from({ length: 15 }, (_, index) => eventOf(`${name}-${index}`, filler(part)));
      const answers = await Promise.all(
        [1, 2, 3].map(() => worker.post("/v1/hops", `[${items.join(",")}]`).then(async (response) => response.status)),
      );
      expect(answers).toEqual([202, 202, 202]);
      expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
    });
  }
});

import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { keepInCluster } from "#test/support/keep-in-cluster.ts";
import { newHome, removeHome, startTestWorker, type TestWorker } from "#test/support/worker.ts";

keepInCluster();

const flows = { "orders.yaml": "flow: orders\nrecord: { primary: order_no }\nsteps: [{ id: placed, system: oms }]\n" };
const rounds = Number(process.env["HOPLINE_TOGETHER_ROUNDS"] ?? 2);
const homes: string[] = [];
const workers: TestWorker[] = [];
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  for (const home of homes) removeHome(home);
});

describe("workers that start at once on a cluster that holds nothing", () => {
  test.each(Array.from({ length: rounds }, (_, at) => at))(
    "all start, and take events at once (round %i)",
    async (round) => {
      const three = [newHome(), newHome(), newHome()];
      homes.push(...three);
      const prefix = `${process.env["HOPLINE_TEST_PREFIX"]}-together-${round}`;
      const env = { ELASTICSEARCH_PREFIX: prefix, HOPLINE_SECRET_FILE: join(three[0] ?? "", "secret") };
      const starts = await Promise.allSettled(three.map(async (home) => startTestWorker({ home, flows, env })));
      const started = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
      workers.push(...started);
      expect(starts.filter(({ status }) => status === "rejected")).toEqual([]);
      const answers = await Promise.all(
        started.map(async (worker, at) =>
          worker.sendHops([
            { id: `e${at}`, step: "placed", source: "oms", time: Date.now(), keys: { order_no: "SO-1" } },
          ]),
        ),
      );
      expect(answers).toMatchObject([{ accepted: 1 }, { accepted: 1 }, { accepted: 1 }]);
      const wrong = started.flatMap(({ lines }) => lines.filter(({ level }) => Number(level) >= 40));
      expect(wrong).toEqual([]);
      await Promise.all(started.map((worker) => worker.stop()));
    },
  );
});

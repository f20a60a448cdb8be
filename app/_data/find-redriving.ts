import "server-only";
import type { Redriving } from "#components/dead-letters/letter.ts";
import { currentConsole } from "#app/_data/console.ts";
import { isWorkerUp } from "#app/_data/worker-address.ts";

/** How far a request to re-drive is; `left`: open letters it is still about. */
export async function findRedriving(id: string, left: number): Promise<Redriving> {
  const request = await currentConsole().control.requests.find(id);
  if (request === null || request.kind !== "redrive") return { state: "unknown" };
  const { state, output } = request;
  if (state === "waiting") return { state, isWorkerUp: (await isWorkerUp()) === true };
  if (state === "running") return { state, left };
  if (state === "failed") {
    return { state, reason: typeof output?.["error"] === "string" ? output["error"] : "" };
  }
  const count = (name: string): number => (typeof output?.[name] === "number" ? output[name] : 0);
  return {
    state: "done",
    accepted: count("accepted"),
    duplicates: count("duplicates"),
    rejected: count("rejected"),
    cut: count("cut"),
  };
}

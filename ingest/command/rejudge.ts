import { countIn, requiredPositional, type Command } from "#ingest/command/command.ts";
import { askWorker } from "#ingest/command/ask-worker.ts";

export const rejudge: Command = {
  name: "rejudge",
  usage: "FLOW",
  summary: "judge every journey of a flow again, by the versions as they are now",
  options: {},
  async run(input, context) {
    const flow = requiredPositional(input, 0, "FLOW");
    const result = await askWorker(context, "rejudge", { flow });
    return {
      result: { flow, ...result },
      text: `Judged ${countIn(result, "journeys")} journeys of ${flow} again.`,
    };
  },
};

import { countIn, textOption, type Command } from "#ingest/command/command.ts";
import { askWorker } from "#ingest/command/ask-worker.ts";

export const redriveDeadLetters: Command = {
  name: "deadletters redrive",
  usage: "[ID …] [--reason REASON]",
  summary:
    "send rejected events through the door again, after what was wrong has been mended; those accepted are marked, the others stay; events outside their token's sources or systems only when named by ID or reason",
  options: { reason: { type: "string" } },
  async run(input, context) {
    const reason = textOption(input, "reason");
    const result = await askWorker(context, "redrive", {
      ids: input.positionals,
      ...(reason === undefined ? {} : { reason }),
    });
    return {
      result,
      text: `${countIn(result, "accepted")} accepted, ${countIn(result, "duplicates")} already there, ${countIn(result, "rejected")} rejected again.`,
    };
  },
};

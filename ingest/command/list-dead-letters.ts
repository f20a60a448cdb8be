import { CommandError, textOption, type Command } from "#ingest/command/command.ts";
import { withEvents } from "#ingest/command/with-events.ts";
import { rejectReasons } from "#lib/event/reject-reason.ts";

const limit = 100;

export const listDeadLetters: Command = {
  name: "deadletters list",
  usage: "[--reason REASON] [--source SOURCE] [--all] [--cursor CURSOR]",
  summary: `rejected events, newest first, ${limit} at a time; --all shows those already re-driven too`,
  options: {
    reason: { type: "string" },
    source: { type: "string" },
    all: { type: "boolean" },
    cursor: { type: "string" },
  },
  async run(input, context) {
    const reasonText = textOption(input, "reason");
    const reason = rejectReasons.find((each) => each === reasonText);
    if (reasonText !== undefined && reason === undefined)
      throw new CommandError(`--reason must be one of ${rejectReasons.join(", ")}`, { usage: true });
    const source = textOption(input, "source");
    const page = await withEvents(context, ({ deadLetters }) =>
      deadLetters.list({
        ...(reason === undefined ? {} : { reason }),
        ...(source === undefined ? {} : { source }),
        open: input.values["all"] !== true,
        cursor: textOption(input, "cursor") ?? null,
        limit,
      }),
    );
    const items = page?.items ?? [];
    const lines = items.map((letter) =>
      [
        letter.id,
        new Date(letter.receivedAt).toISOString(),
        letter.reason,
        letter.path || "/",
        letter.source ?? "-",
        letter.text.slice(0, 120),
      ].join("  "),
    );
    if (page?.next) lines.push(`More: --cursor ${page.next}`);
    return {
      result: { items, next: page?.next ?? null },
      text: lines.length === 0 ? "No dead letters." : lines.join("\n"),
    };
  },
};

import type { Command } from "#ingest/command/command.ts";
import { withControl } from "#ingest/command/with-control.ts";
import { checkOf } from "#lib/config/secret-check.ts";
import { openSecret } from "#lib/config/secret.ts";
import { secretSetting } from "#lib/storage/check-secret.ts";

export const replaceSecret: Command = {
  name: "secret replace",
  usage: "",
  summary:
    "let the store go on with the secret of these settings, where the one it was begun with is lost: what was masked and hashed before is not known again; start workers and consoles anew afterwards",
  options: {},
  async run(_input, context) {
    const { secretFile } = context.settings;
    const check = checkOf(await openSecret(secretFile));
    const replaced = await withControl(context, ({ definitions }) =>
      definitions.changeSetting(secretSetting, () => check, {
        at: context.now(),
        by: "command",
        action: "secret.replaced",
        object: "store",
        result: "done",
      }),
    );
    return {
      result: { replaced },
      text: replaced
        ? `The store goes on with ${secretFile}. Start every worker and console anew, with this same secret.`
        : `${secretFile} is the secret of this store already.`,
    };
  },
};

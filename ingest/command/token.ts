import {
  CommandError,
  listOption,
  requiredPositional,
  textOption,
  type Command,
  type CommandInput,
} from "#ingest/command/command.ts";
import { withControl } from "#ingest/command/with-control.ts";
import { roles, type Role } from "#lib/access/role.ts";
import { newTokenSecret } from "#lib/access/token-secret.ts";
import { tokenScopes, type TokenScope } from "#lib/access/token-scope.ts";

export const createToken: Command = {
  name: "token create",
  usage: "--scope ingest|read|metrics [--name NAME] [--role ROLE] [--source S,…] [--systems A,B] [--days N]",
  summary:
    "create a token and show it once; an ingest token speaks for the sources and systems named (any where none is), a read token sees what its role sees",
  options: {
    scope: { type: "string", multiple: true },
    name: { type: "string" },
    role: { type: "string" },
    source: { type: "string", multiple: true },
    systems: { type: "string", multiple: true },
    days: { type: "string" },
  },
  async run(input, context) {
    const scopes = parseScopes(listOption(input, "scope"));
    const role = parseRole(textOption(input, "role") ?? "administrator");
    const days = parseDays(input);
    const now = context.now();
    const { secret, hash } = newTokenSecret();
    const token = await withControl(context, ({ access }) =>
      access.createToken(
        {
          name: textOption(input, "name") ?? `${scopes.join("+")} ${new Date(now).toISOString().slice(0, 16)}`,
          scopes,
          role,
          sources: listOption(input, "source"),
          systems: listOption(input, "systems"),
          createdAt: now,
          expiresAt: days === null ? null : now + days * 86_400_000,
          secretHash: hash,
        },
        "command",
      ),
    );
    return {
      result: { token: secret, id: token.id, name: token.name, scopes: token.scopes },
      text: `${secret}\n\nThis is the only time it is shown. Send it as "Authorization: Bearer …".`,
    };
  },
};

export const listTokens: Command = {
  name: "token list",
  usage: "",
  summary: "list tokens, without their secrets",
  options: {},
  async run(_input, context) {
    const tokens = await withControl(context, ({ access }) => access.listTokens());
    const lines = tokens.map((token) =>
      [
        token.id,
        token.name,
        token.scopes.join("+"),
        token.role,
        token.revokedAt === null ? "in force" : "revoked",
      ].join("  "),
    );
    return { result: { tokens }, text: lines.length === 0 ? "No tokens yet." : lines.join("\n") };
  },
};

export const revokeToken: Command = {
  name: "token revoke",
  usage: "ID",
  summary: "revoke a token; it stops working within 2 s",
  options: {},
  async run(input, context) {
    const id = requiredPositional(input, 0, "ID");
    const revoked = await withControl(context, ({ access }) => access.revokeToken(id, context.now(), "command"));
    if (!revoked) throw new CommandError(`there is no token ${id} in force; "token list" shows them`);
    return { result: { id, revoked }, text: `Token ${id} is revoked.` };
  },
};

const parseScopes = (words: readonly string[]): readonly TokenScope[] => {
  const scopes = tokenScopes.filter((scope) => words.includes(scope));
  const wrong = words.find((word) => !tokenScopes.some((scope) => scope === word));
  if (wrong !== undefined || scopes.length === 0)
    throw new CommandError(`--scope must be one of ${tokenScopes.join(", ")}`, { usage: true });
  return scopes;
};

export const parseRole = (word: string): Role => {
  const role = roles.find((each) => each === word);
  if (role === undefined) throw new CommandError(`--role must be one of ${roles.join(", ")}`, { usage: true });
  return role;
};

const parseDays = (input: CommandInput): number | null => {
  const text = textOption(input, "days");
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new CommandError("--days must be a whole number of days", { usage: true });
  return Number(text);
};

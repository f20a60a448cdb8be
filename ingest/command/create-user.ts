import { CommandError, requiredPositional, textOption, type Command } from "#ingest/command/command.ts";
import { parseRole } from "#ingest/command/token.ts";
import { withControl } from "#ingest/command/with-control.ts";
import { hashPassword } from "#lib/access/password-hash.ts";
import { passwordProblem } from "#lib/access/password-policy.ts";

export const createUser: Command = {
  name: "user create",
  usage: "NAME --role ROLE --password-stdin",
  summary: "create a user; the password is read from standard input, so that it stands in no history",
  options: { role: { type: "string" }, "password-stdin": { type: "boolean" } },
  async run(input, context) {
    const name = requiredPositional(input, 0, "NAME");
    const role = parseRole(textOption(input, "role") ?? "");
    if (input.values["password-stdin"] !== true)
      throw new CommandError("say --password-stdin and pipe the password in", { usage: true });
    const password = (await context.readStdin()).replace(/\r?\n$/, "");
    const problem = passwordProblem(password, name);
    if (problem !== null) throw new CommandError(problem.en ?? "the password is too weak");
    const passwordHash = await hashPassword(password);
    const user = await withControl(context, ({ access }) =>
      access.createUser({ name, role, passwordHash, createdAt: context.now() }, "command"),
    );
    return {
      result: { id: user.id, name: user.name, role: user.role },
      text: `User ${user.name} (${user.role}) can sign in now.`,
    };
  },
};

import type { TokenScope } from "#lib/access/token-scope.ts";

/** An event that the token may send, as far as the declarations show one. */
export interface SampleEvent {
  readonly flow?: string;
  readonly step?: string;
  readonly system?: string;
  readonly source?: string;
  readonly keyType: string;
}

interface TokenCommandOptions {
  readonly secret: string;
  readonly workerUrl: string;
  readonly consoleUrl: string;
  readonly sample: SampleEvent;
}

/** For a POSIX shell: a quote inside single quotes ends them, stands escaped, and begins them again. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A command that tries a token, for a POSIX shell, to be pasted as it is. */
export const tokenCommand = (
  scope: TokenScope,
  { secret, workerUrl, consoleUrl, sample }: TokenCommandOptions,
): string => {
  const authorization = `-H ${quoted(`Authorization: Bearer ${secret}`)}`;
  if (scope === "read") return `curl ${consoleUrl}/api/v1/flows \\\n  ${authorization}`;
  if (scope === "metrics") return `curl ${consoleUrl}/metrics \\\n  ${authorization}`;
  const { keyType, ...named } = sample;
  const event = JSON.stringify({ ...named, keys: { [keyType]: "SO-1042" } }).slice(0, -1);
  const body = `${quoted(`${event},"time":"`)}"$(date -u +%Y-%m-%dT%H:%M:%SZ)"${quoted(`"}`)}`;
  return `curl ${workerUrl}/v1/hops -H 'Content-Type: application/json' \\\n  ${authorization} \\\n  -d ${body}`;
};

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { CommandError } from "#ingest/command/command.ts";
import type { StoreAddress } from "#ingest/copy/store-address.ts";

/** Whether the target's secret is the source's, as far as it can be seen from here. */
export type SecretState = "same" | "missing" | "unknown";

const contentOf = (file: string): string | null => (existsSync(file) ? readFileSync(file, "utf8").trim() : null);

const isLocal = ({ place }: StoreAddress): boolean => place.elasticsearch === null;

/** Throws CommandError where both are on this machine and are two different ones: what is masked and hashed would never be found again. */
export const checkSecrets = (from: StoreAddress, to: StoreAddress): SecretState => {
  const [source, target] = [contentOf(from.secretFile), contentOf(to.secretFile)];
  if (source !== null && source === target) return "same";
  if (!isLocal(from) || !isLocal(to)) return "unknown";
  if (target === null || source === null) return "missing";
  throw new CommandError(
    `${to.secretFile} is another secret than ${from.secretFile}: with it nothing that was copied could be found or compared again. Move it away, or set HOPLINE_SECRET_FILE to the one that belongs to the source.`,
  );
};

/** What belongs to an installation and stands in no store, a sentence each. */
export const tellBelongings = (from: StoreAddress, to: StoreAddress, secret: SecretState): readonly string[] => {
  const sentences: string[] = [];
  if (secret !== "same") {
    const where =
      secret === "missing"
        ? `copy ${from.secretFile} to ${to.secretFile}, or set HOPLINE_SECRET_FILE`
        : `set HOPLINE_SECRET_FILE to a copy of ${from.secretFile} for every worker and console of the target`;
    sentences.push(
      `The secret is not in the store: ${where}. Masked values, content hashes and search by phone numbers depend on it.`,
    );
  }
  const hasFlows = from.flows !== null && existsSync(from.flows) && readdirSync(from.flows).length > 0;
  if (hasFlows && (to.flows === null || !existsSync(to.flows))) {
    const where = to.flows === null ? "set HOPLINE_FLOWS to a copy of it" : `copy it to ${to.flows}`;
    sentences.push(
      `Flow files are not in the store, and what is in no file is no longer in force: the folder is ${from.flows}; ${where}.`,
    );
  }
  return sentences;
};

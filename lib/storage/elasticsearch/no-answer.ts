import type { ClusterSettings } from "#lib/storage/elasticsearch/cluster.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

/** The client tells these apart by their words alone: OpenSSL's, Node's, undici's. */
const untrusted = /self[- ]signed certificate|unable to (?:verify|get)[^;]*(?:certificate|issuer)/u;
const otherName = /altnames/u;
const expired = /certificate (?:has expired|is not yet valid)/u;
const plain = /wrong version number|packet length too long/u;
const closed = /other side closed|socket hang up|ECONNRESET/u;

/** What a cluster that gave no answer is: `unfit` where a setting has to be changed, as the sentence says, else `unavailable`. */
export function toNoAnswer({ urls, caFile }: Pick<ClusterSettings, "urls" | "caFile">, error: unknown): StorageError {
  const message = error instanceof Error ? error.message : String(error);
  const where = urls.join(", ");
  const said = message.split(/[\n;]/u, 1)[0]?.trim() ?? "";
  const unfit = (sentence: string): StorageError => new StorageError("unfit", sentence, error);
  const certificate = `The certificate of Elasticsearch at ${where}`;
  if (untrusted.test(message))
    return unfit(
      caFile === null
        ? `${certificate} is signed by nobody this machine trusts (${said}): set ELASTICSEARCH_CA_FILE to the PEM file of the authority that signed it.`
        : `${certificate} is not signed by the authority in ${caFile} (${said}): set ELASTICSEARCH_CA_FILE to the PEM file of the one that signed it.`,
    );
  if (otherName.test(message))
    return unfit(
      `${certificate} is made out for other names (${said}): write one of them in ELASTICSEARCH_URL, or give the node a certificate for this one.`,
    );
  if (expired.test(message))
    return unfit(`${certificate} can't be used now (${said}): renew it, or set this machine's clock.`);
  if (plain.test(message))
    return unfit(
      `Elasticsearch at ${where} does not speak TLS: write http:// in ELASTICSEARCH_URL, or turn TLS on there.`,
    );
  const mayBeTls = closed.test(message) && urls.some((url) => url.startsWith("http:"));
  const hint = mayBeTls ? " If it speaks TLS, write https:// in ELASTICSEARCH_URL." : "";
  return new StorageError("unavailable", `No Elasticsearch answers at ${where}: ${said}.${hint}`, error);
}

import type { ClusterSettings } from "#lib/storage/elasticsearch/cluster.ts";

/** The client tells these apart by their words alone: OpenSSL's, Node's, undici's. */
const untrusted = /self[- ]signed certificate|unable to (?:verify|get)[^;]*(?:certificate|issuer)/u;
const otherName = /altnames/u;
const expired = /certificate (?:has expired|is not yet valid)/u;
const plain = /wrong version number|packet length too long/u;
const closed = /other side closed|socket hang up|ECONNRESET/u;

/** The sentence for a cluster that gave no answer: what is wrong as far as the connection tells, and which setting it concerns. */
export function sayNoAnswer({ urls, caFile }: Pick<ClusterSettings, "urls" | "caFile">, message: string): string {
  const where = urls.join(", ");
  const said = message.split(/[\n;]/u, 1)[0]?.trim() ?? "";
  if (untrusted.test(message))
    return caFile === null
      ? `The certificate of Elasticsearch at ${where} is signed by nobody this machine trusts (${said}): set ELASTICSEARCH_CA_FILE to the PEM file of the authority that signed it.`
      : `The certificate of Elasticsearch at ${where} is not signed by the authority in ${caFile} (${said}): set ELASTICSEARCH_CA_FILE to the PEM file of the one that signed it.`;
  if (otherName.test(message))
    return `The certificate of Elasticsearch at ${where} is made out for other names (${said}): write one of them in ELASTICSEARCH_URL, or give the node a certificate for this one.`;
  if (expired.test(message))
    return `The certificate of Elasticsearch at ${where} can't be used now (${said}): renew it, or set this machine's clock.`;
  if (plain.test(message))
    return `Elasticsearch at ${where} does not speak TLS: write http:// in ELASTICSEARCH_URL, or turn TLS on there.`;
  const mayBeTls = closed.test(message) && urls.some((url) => url.startsWith("http:"));
  return `No Elasticsearch answers at ${where}: ${said}.${mayBeTls ? " If it speaks TLS, write https:// in ELASTICSEARCH_URL." : ""}`;
}

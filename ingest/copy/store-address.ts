import { join, resolve } from "node:path";
import { readElasticsearchAt, type Settings } from "#lib/config/env.ts";
import type { Place } from "#lib/storage/open.ts";

/** One side of a copy. */
export interface StoreAddress {
  /** As it is told and kept: whole, and without credentials. */
  readonly text: string;
  readonly place: Place;
  /** Where the secret of the installation is, as far as this machine knows. */
  readonly secretFile: string;
  /** Where its flow files are, by default; null for a cluster. */
  readonly flows: string | null;
}

/** `sqlite:DIR`, DIR being a HOPLINE_HOME, or `elasticsearch:URL`; null for anything else. Throws SettingsError. */
export const parseStoreAddress = (
  text: string,
  settings: Pick<Settings, "home" | "secretFile">,
  readAt: typeof readElasticsearchAt = readElasticsearchAt,
): StoreAddress | null => {
  const [, kind, rest = ""] = /^(sqlite|elasticsearch):(.+)$/u.exec(text) ?? [];
  // Set by hand, it is the secret of whatever is started with these settings.
  const isSecretSet = settings.secretFile !== join(settings.home, "secret");
  if (kind === "sqlite") {
    const home = resolve(rest);
    return {
      text: `sqlite:${home}`,
      place: { home, elasticsearch: null },
      secretFile: isSecretSet ? settings.secretFile : join(home, "secret"),
      flows: join(home, "flows"),
    };
  }
  if (kind === undefined) return null;
  const elasticsearch = readAt(rest);
  const prefix = elasticsearch.prefix === "hopline" ? "" : ` with ELASTICSEARCH_PREFIX=${elasticsearch.prefix}`;
  return {
    text: `elasticsearch:${elasticsearch.urls.join(",")}${prefix}`,
    place: { home: settings.home, elasticsearch },
    secretFile: settings.secretFile,
    flows: null,
  };
};

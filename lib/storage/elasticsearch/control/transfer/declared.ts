import { createHash } from "node:crypto";
import type { FileProblem, Surroundings } from "#lib/storage/definitions.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import type { DefinitionState, KnownFlow } from "#lib/storage/elasticsearch/control/definition-state.ts";
import { versionDocument } from "#lib/storage/elasticsearch/control/definitions.ts";
import type { Documents } from "#lib/storage/elasticsearch/control/documents.ts";
import type { Ledger } from "#lib/storage/elasticsearch/control/ledger.ts";
import {
  noSurroundings,
  problemsPlace,
  settingPlace,
  surroundingsPlace,
} from "#lib/storage/elasticsearch/control/settings.ts";
import { inOnePage, putDocuments } from "#lib/storage/elasticsearch/control/transfer/put-documents.ts";
import type { TransferItems, TransferKinds } from "#lib/storage/transfer.ts";

type Version = TransferItems["version"];

interface KeptSetting<Value> {
  readonly value: Value;
}

interface Parts {
  readonly cluster: Cluster;
  readonly documents: Documents;
  readonly ledger: Ledger<DefinitionState>;
}

/** The same version written again is the same document. */
const versionId = ({ flow, hash, from, savedAt }: Version): string =>
  createHash("sha256")
    .update(JSON.stringify([flow, hash, from, savedAt]))
    .digest("base64url");

/** Flows with every version, settings, and what else the files declare. */
export const clusterDeclaredTransfer = ({
  cluster,
  documents,
  ledger,
}: Parts): Pick<TransferKinds, "flow" | "version" | "setting" | "declared"> => {
  const listFlows = async (): Promise<readonly KnownFlow[]> =>
    (await ledger.read()).flows.toSorted((a, b) => (a.flow < b.flow ? -1 : 1));
  const listVersions = async (): Promise<readonly Version[]> => {
    const places = (await listFlows()).flatMap(({ versions }) => versions.map(({ id }) => versionDocument(id)));
    const kept = await documents.findMany<Version>(places);
    return places.flatMap((place) => kept.get(place) ?? []);
  };
  const listSettings = async (): Promise<readonly TransferItems["setting"][]> => {
    const found = await documents.list<KeptSetting<unknown>>([{ term: { kind: "setting" } }]);
    const prefix = settingPlace("");
    return [...found].flatMap(([id, { value }]) =>
      id.startsWith(prefix) ? [{ name: id.slice(prefix.length), value }] : [],
    );
  };
  const listDeclared = async (): Promise<readonly TransferItems["declared"][]> => {
    const around = await documents.find<KeptSetting<Surroundings>>(surroundingsPlace);
    const wrong = await documents.find<KeptSetting<readonly FileProblem[]>>(problemsPlace);
    if (around === null && wrong === null) return [];
    return [{ surroundings: around?.value ?? noSurroundings, problems: wrong?.value ?? [] }];
  };
  const putSettings = async (settings: readonly (readonly [place: string, value: unknown])[]): Promise<void> => {
    await putDocuments(
      cluster,
      settings.map(([id, value]) => ({ id, kind: "setting", value: { value } })),
    );
  };

  return {
    flow: {
      ...inOnePage(async () =>
        (await listFlows()).map(({ flow, declaredIn, active }) => ({ flow, declaredIn, active })),
      ),
      async write(items) {
        await ledger.change(async (state) => {
          const known = new Map(state.flows.map((flow) => [flow.flow, flow]));
          for (const item of items) known.set(item.flow, { versions: [], ...known.get(item.flow), ...item });
          return { result: null, change: { state: { ...state, flows: [...known.values()] } } };
        });
      },
    },
    version: {
      ...inOnePage(listVersions),
      async write(items) {
        await putDocuments(
          cluster,
          items.map((item) => ({ id: versionDocument(versionId(item)), kind: "version", value: item })),
        );
        await ledger.change(async (state) => {
          const flows = state.flows.map((known) => {
            const ids = new Set(known.versions.map(({ id }) => id));
            const added = items
              .filter((item) => item.flow === known.flow && !ids.has(versionId(item)))
              .map((item) => ({ id: versionId(item), hash: item.hash, from: item.from }));
            return { ...known, versions: [...known.versions, ...added] };
          });
          return { result: null, change: { state: { ...state, flows, revision: state.revision + 1 } } };
        });
      },
    },
    setting: {
      ...inOnePage(listSettings),
      async write(items) {
        await putSettings(items.map(({ name, value }) => [settingPlace(name), value]));
      },
    },
    declared: {
      ...inOnePage(listDeclared),
      async write(items) {
        for (const { surroundings, problems } of items) {
          await putSettings([
            [surroundingsPlace, surroundings],
            [problemsPlace, problems],
          ]);
        }
      },
    },
  };
};

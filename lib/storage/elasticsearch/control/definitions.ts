import type { FlowVersion } from "#lib/flow/flow-version.ts";
import type { AuditEntry } from "#lib/storage/audit.ts";
import type { Definitions } from "#lib/storage/definitions.ts";
import type { DefinitionState, KnownFlow } from "#lib/storage/elasticsearch/control/definition-state.ts";
import type { Documents } from "#lib/storage/elasticsearch/control/documents.ts";
import type { Ledger } from "#lib/storage/elasticsearch/control/ledger.ts";
import { type ClusterSettingValues, clusterSettings } from "#lib/storage/elasticsearch/control/settings.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

type KeptVersion = Omit<FlowVersion, "from"> & { readonly from: number | null };

interface DefinitionOptions {
  readonly now: () => number;
  readonly newId: () => string;
}

export const versionDocument = (id: string): string => `version:${id}`;

const refuseOther = ({ declaredIn }: KnownFlow, version: FlowVersion): void => {
  if (declaredIn === version.declaredIn) return;
  const owner = declaredIn === "file" ? "a file" : "the console";
  throw new StorageError("conflict", `Flow "${version.flow}" was declared in ${owner} first and is changed there.`);
};

const fromOf = (from: number | null): number => from ?? -Infinity;

export function clusterDefinitions(
  documents: Documents,
  ledger: Ledger<DefinitionState>,
  { now, newId }: DefinitionOptions,
): Definitions {
  const settings: ClusterSettingValues = clusterSettings(documents, ledger);
  const told = (action: string, flow: string, by: string, detail: AuditEntry["detail"]): AuditEntry => ({
    at: now(),
    by,
    action,
    object: `flow:${flow}`,
    result: "done",
    ...(detail === undefined ? {} : { detail }),
  });

  return {
    ...settings,
    async revision() {
      return (await ledger.counters()).revision ?? 0;
    },
    async listVersions() {
      const { flows } = await ledger.read();
      const places = flows
        .toSorted((a, b) => (a.flow < b.flow ? -1 : 1))
        .flatMap(({ versions }) =>
          versions.toSorted((a, b) => (fromOf(a.from) < fromOf(b.from) ? -1 : Number(a.from !== b.from))),
        )
        .map(({ id }) => versionDocument(id));
      const kept = await documents.findMany<KeptVersion>(places);
      // One that is gone meanwhile went with its flow.
      return places.flatMap((place) => {
        const version = kept.get(place);
        return version === undefined ? [] : [{ ...version, from: fromOf(version.from) }];
      });
    },
    async saveVersion(version, by) {
      const id = newId();
      return await ledger.change(async (state) => {
        const { flow, hash, declaredIn } = version;
        const known = state.flows.find((each) => each.flow === flow);
        if (known !== undefined) refuseOther(known, version);
        const others = state.flows.filter((each) => each.flow !== flow);
        const revision = state.revision + 1;
        if (known?.versions.at(-1)?.hash === hash) {
          if (known.active) return { result: false };
          return {
            result: false,
            change: { state: { ...state, revision, flows: [...others, { ...known, active: true }] } },
          };
        }
        const from = Number.isFinite(version.from) ? version.from : null;
        const versions = [...(known?.versions ?? []), { id, hash, from }];
        const fields: KeptVersion = { ...version, from };
        return {
          result: true,
          change: {
            state: { ...state, revision, flows: [...others, { flow, declaredIn, active: true, versions }] },
            patches: [{ id: versionDocument(id), kind: "version", fields: { ...fields } }],
            entry: told("flow.saved", flow, by, { hash, from, declaredIn }),
          },
        };
      });
    },
    async removeFlow(flow, by) {
      return await ledger.change(async (state) => {
        const known = state.flows.find((each) => each.flow === flow);
        if (known === undefined) return { result: false };
        // What people said of its journeys says nothing without them. No other can come before this change is written.
        const closings = [...(await documents.list([{ term: { kind: "closing" } }, { term: { flow } }])).keys()];
        const notes = [...(await documents.list([{ terms: { kind: ["notes", "note"] } }, { term: { flow } }])).keys()];
        const gone = [...known.versions.map(({ id }) => versionDocument(id)), ...closings, ...notes];
        return {
          result: true,
          change: {
            state: {
              ...state,
              revision: state.revision + 1,
              closings: state.closings + (closings.length > 0 ? 1 : 0),
              flows: state.flows.filter((each) => each.flow !== flow),
              deletedNotes: state.deletedNotes.filter(({ place }) => !notes.includes(place)),
            },
            patches: gone.map((id) => ({ id, kind: "gone", fields: null })),
            entry: told("flow.removed", flow, by, { versions: known.versions.length }),
          },
        };
      });
    },
    async saveActive(declaredIn, active) {
      await ledger.change(async (state) => {
        const flows = state.flows.map((known) =>
          known.declaredIn === declaredIn && known.active !== active.includes(known.flow)
            ? { ...known, active: !known.active }
            : known,
        );
        if (flows.every((known, place) => known === state.flows[place])) return { result: null };
        return { result: null, change: { state: { ...state, flows, revision: state.revision + 1 } } };
      });
    },
    async listActive() {
      const { flows } = await ledger.read();
      return flows.flatMap(({ flow, active }) => (active ? [flow] : [])).toSorted();
    },
  };
}

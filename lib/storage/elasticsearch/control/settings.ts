import type { Definitions, FileProblem, Surroundings } from "#lib/storage/definitions.ts";
import type { DefinitionState } from "#lib/storage/elasticsearch/control/definition-state.ts";
import type { Documents, Patch } from "#lib/storage/elasticsearch/control/documents.ts";
import type { Ledger } from "#lib/storage/elasticsearch/control/ledger.ts";

export type ClusterSettingValues = Pick<
  Definitions,
  | "surroundings"
  | "saveSurroundings"
  | "listProblems"
  | "saveProblems"
  | "findSetting"
  | "saveSetting"
  | "saveFigures"
  | "changeSetting"
  | "claimSetting"
>;

interface KeptSetting {
  readonly value: unknown;
}

export const noSurroundings: Surroundings = { people: { systems: {}, teams: {} }, sources: [] };
export const surroundingsPlace = "setting:hopline.surroundings";
export const problemsPlace = "setting:hopline.problems";
export const settingPlace = (name: string): string => `setting:setting.${name}`;

const toPatch = (place: string, value: unknown): Patch => ({ id: place, kind: "setting", fields: { value } });

/** One document a setting. What is read here was written here, as JSON: undefined and null are one. */
export function clusterSettings(documents: Documents, ledger: Ledger<DefinitionState>): ClusterSettingValues {
  const find = async <Value>(place: string): Promise<Value | null> =>
    (await documents.find<{ readonly value: Value | null }>(place))?.value ?? null;

  /** The revision grows only where the value is another one: files are read again every second. */
  const save = async (place: string, value: unknown): Promise<void> => {
    const text = JSON.stringify(value);
    const isSame = (kept: KeptSetting | null): boolean => kept !== null && JSON.stringify(kept.value) === text;
    if (isSame(await documents.find<KeptSetting>(place))) return;
    await ledger.change(async (state) => {
      if (isSame(await documents.find<KeptSetting>(place))) return { result: null };
      const change = { state: { ...state, revision: state.revision + 1 }, patches: [toPatch(place, value)] };
      return { result: null, change };
    });
  };

  return {
    async surroundings() {
      return (await find<Surroundings>(surroundingsPlace)) ?? noSurroundings;
    },
    async saveSurroundings(surroundings) {
      await save(surroundingsPlace, surroundings);
    },
    async listProblems() {
      return (await find<readonly FileProblem[]>(problemsPlace)) ?? [];
    },
    async saveProblems(problems) {
      await save(problemsPlace, problems);
    },
    async findSetting(name) {
      return await find(settingPlace(name));
    },
    async saveSetting(name, value) {
      await save(settingPlace(name), value);
    },
    async saveFigures(name, value) {
      await documents.set(settingPlace(name), { value }, "setting");
    },
    async claimSetting(name, value) {
      const place = settingPlace(name);
      return (
        (await find<unknown>(place)) ??
        (await ledger.change(async (state) => {
          const kept = await find<unknown>(place);
          if (kept !== null) return { result: kept };
          return { result: value, change: { state, patches: [toPatch(place, value)] } };
        }))
      );
    },
    async changeSetting(name, change, entry) {
      const place = settingPlace(name);
      return await ledger.change(async (state) => {
        const before = await find<unknown>(place);
        const after = change(before);
        if (JSON.stringify(after) === JSON.stringify(before)) return { result: false };
        const revised = { ...state, revision: state.revision + 1 };
        return { result: true, change: { state: revised, patches: [toPatch(place, after)], entry } };
      });
    },
  };
}

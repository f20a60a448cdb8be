import { checkShape, compileShape } from "#lib/declaration/check-shape.ts";
import type { Problem } from "#lib/declaration/problem.ts";
import { readYaml } from "#lib/declaration/read-yaml.ts";
import { toFieldWords } from "#lib/privacy/field-rules.ts";
import { defaultMaskingPolicy, type Detector, type MaskingPolicy, type MaskRule } from "#lib/privacy/masking-policy.ts";
import { privacySchema } from "#lib/privacy/privacy-schema.ts";

export type ParsedPrivacy =
  | { readonly policy: MaskingPolicy; readonly problems?: never }
  | { readonly policy?: never; readonly problems: readonly Problem[] };

/** `privacy.yaml` as the published schema lets it be written. */
interface DeclaredPrivacy {
  readonly masking?: boolean | "on" | "off";
  readonly fields?: {
    readonly add?: readonly string[] | Readonly<Record<string, MaskRule>>;
    readonly remove?: readonly string[];
  };
  readonly detectors?: Readonly<Partial<Record<Detector, boolean | "on" | "off">>>;
}

const shape = compileShape(privacySchema);

const isOn = (flag: boolean | "on" | "off"): boolean => flag === true || flag === "on";

/** `privacy.yaml` beside the flows → the policy in force: the default one with what the file changes. */
export const parsePrivacy = (text: string): ParsedPrivacy => {
  const read = readYaml(text);
  if ("problems" in read) return { problems: read.problems };
  const problems = checkShape(shape, read.file, read.file.value);
  if (problems.length > 0) return { problems };
  const { masking = true, fields = {}, detectors = {} } = asDeclared(read.file.value) ?? {};
  const added: readonly (readonly [string, MaskRule])[] = isList(fields.add)
    ? fields.add.map((name) => [name, "other"] as const)
    : Object.entries(fields.add ?? {});
  const removed = (fields.remove ?? []).map((name) => [name, "keep"] as const);
  return {
    policy: {
      enabled: isOn(masking),
      fields: {
        ...defaultMaskingPolicy.fields,
        ...Object.fromEntries([...added, ...removed].map(([name, rule]) => [toFieldWords(name), rule])),
      },
      detectors: {
        ...defaultMaskingPolicy.detectors,
        ...Object.fromEntries(Object.entries(detectors).map(([name, flag]) => [name, isOn(flag)])),
      },
    },
  };
};

/** Guaranteed by `shape`, which the value has just passed. */
const asDeclared = (value: unknown): DeclaredPrivacy | null => value as DeclaredPrivacy | null;

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

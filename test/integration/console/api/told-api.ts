import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

type Json = Readonly<Record<string, unknown>>;

interface ToldOperation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: Json }>> }>
  >;
}

export interface ToldApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ToldOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

/** Every object closed: an answer with a member that the document does not tell is wrong, too. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return "properties" in inner && !("additionalProperties" in inner)
    ? { ...inner, additionalProperties: false }
    : inner;
};

/** Checks answers by what the console's own OpenAPI document tells of them. */
export function createAnswerCheck(api: ToldApi): (operationId: string, status: number, body: unknown) => void {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "api", components: closed(api.components) });
  const operations = Object.values(api.paths).flatMap((path) => Object.values(path));
  const validators = new Map<string, ValidateFunction>();

  const validatorOf = (operationId: string, status: number): ValidateFunction => {
    const name = `${operationId} ${status}`;
    const known = validators.get(name);
    if (known !== undefined) return known;
    const told = operations.find((operation) => operation.operationId === operationId)?.responses[String(status)];
    const schema = Object.values(told?.content ?? {})[0]?.schema;
    if (schema === undefined) throw new Error(`${name} is not told`);
    const text = JSON.stringify(closed(schema)).replaceAll('"#/components/', '"api#/components/');
    const made = ajv.compile(JSON.parse(text) as Json);
    validators.set(name, made);
    return made;
  };

  return (operationId, status, body) => {
    const validate = validatorOf(operationId, status);
    if (validate(body)) return;
    throw new Error(
      `${operationId} ${status}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body, null, 1).slice(0, 4000)}`,
    );
  };
}

import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

/** One import as written, and where it leads: a path in the repository, a Node module or a package. */
export interface ModuleImport {
  readonly specifier: string;
  readonly path?: string;
  readonly builtin?: string;
  readonly package?: string;
}

export interface SourceModule {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly imports: readonly ModuleImport[];
  /** What it takes from its surroundings without importing it: `Date.now`, `process.env`, `fetch`… */
  readonly ambient: readonly string[];
}

const packageOf = (specifier: string): string => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");

function resolveImport(from: string, specifier: string): ModuleImport {
  if (specifier.startsWith("#")) return { specifier, path: specifier.slice(1) };
  if (specifier.startsWith(".")) return { specifier, path: posix.join(posix.dirname(from), specifier) };
  if (isBuiltin(specifier)) return { specifier, builtin: specifier.replace(/^node:/, "") };
  return { specifier, package: packageOf(specifier) };
}

const ambientObjects = ["process", "crypto", "performance", "navigator", "Deno", "Bun"];
const ambientFunctions = ["fetch", "setTimeout", "setInterval", "setImmediate", "queueMicrotask"];

/** Reads what a module imports (types too, static and dynamic) and what it takes from its surroundings. */
export function readSourceModule(path: string, text: string): SourceModule {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const specifiers: string[] = [];
  const ambient = new Set<string>();
  const passedOn = new Set<number>();
  const take = (source: { readonly type: string; readonly value?: unknown } | null): void => {
    if (source !== null) specifiers.push(typeof source.value === "string" ? source.value : "(computed)");
  };
  new Visitor({
    ImportDeclaration: (node) => take(node.source),
    ExportNamedDeclaration: (node) => take(node.source),
    ExportAllDeclaration: (node) => take(node.source),
    ImportExpression: (node) => take("value" in node.source ? node.source : { type: node.source.type }),
    TSImportType: (node) => take(node.source),
    // Passing the whole environment on to a process is not reading a setting from it.
    SpreadElement: (node) => {
      if (text.slice(node.argument.start, node.argument.end) !== "process.env") return;
      passedOn.add(node.argument.start);
      ambient.add("...process.env");
    },
    MemberExpression: (node) => {
      if (passedOn.has(node.start)) return;
      if (node.object.type !== "Identifier") return;
      const property = node.property.type === "Identifier" && !node.computed ? node.property.name : "";
      if (ambientObjects.includes(node.object.name)) ambient.add(`${node.object.name}.${property}`);
      if (node.object.name === "Date" && property === "now") ambient.add("Date.now");
      if (node.object.name === "Math" && property === "random") ambient.add("Math.random");
    },
    VariableDeclarator: (node) => {
      if (node.init?.type !== "Identifier" || !ambientObjects.includes(node.init.name)) return;
      const names = node.id.type === "ObjectPattern" ? node.id.properties.map(propertyName) : [""];
      for (const name of names) ambient.add(`${node.init.name}.${name}`);
    },
    NewExpression: (node) => {
      if (node.callee.type === "Identifier" && node.callee.name === "Date" && node.arguments.length === 0) {
        ambient.add("new Date()");
      }
    },
    CallExpression: (node) => {
      if (node.callee.type !== "Identifier") return;
      if (ambientFunctions.includes(node.callee.name)) ambient.add(node.callee.name);
      if (node.callee.name === "Date") ambient.add("Date()");
    },
  }).visit(program);
  return { path, imports: specifiers.map((specifier) => resolveImport(path, specifier)), ambient: [...ambient] };
}

function propertyName(property: { readonly type: string; readonly key?: unknown }): string {
  const { key } = property;
  return typeof key === "object" && key !== null && "name" in key && typeof key.name === "string" ? key.name : "";
}

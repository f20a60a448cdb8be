import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const forms = globSync("{app,components}/**/*.tsx", { cwd: root }).flatMap((file) =>
  [...readFileSync(join(root, file), "utf8").matchAll(/<form\b[^>]*?(?:onSubmit|>)/gu)].map(([tag]) => ({ file, tag })),
);

it("sends no form's text in an address where it is sent before the page's script runs", () => {
  expect(forms.length).toBeGreaterThan(10);
  expect(forms.filter(({ tag }) => !/method="post"|action="/u.test(tag) && !/action=\{/u.test(tag))).toEqual([]);
});

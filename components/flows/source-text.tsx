import type { ReactNode } from "react";
import type { DeclarationProblem } from "#lib/flow/flow-figures.ts";

/** A declaration as it was written, with line numbers; what is wrong stands under its line, at its column. */
export const SourceText = ({
  text,
  label,
  problems,
}: {
  readonly text: string;
  readonly label: string;
  readonly problems: readonly DeclarationProblem[];
}): ReactNode => (
  <ol aria-label={label} className="rounded-2 bg-sunken py-3 font-mono text-12 leading-read [counter-reset:line]">
    {text
      .replace(/\n$/, "")
      .split(/\r?\n/)
      .map((line, index) => {
        const own = problems.filter((problem) => problem.line === index + 1);
        return (
          <li key={index} className={own.length === 0 ? "" : "bg-failed-soft"}>
            <span className="flex">
              <span className="w-11 flex-none pr-3 text-right text-ink-3 select-none" aria-hidden="true">
                {index + 1}
              </span>
              <span className="min-w-0 pr-3 whitespace-pre-wrap wrap-anywhere">{line === "" ? " " : line}</span>
            </span>
            {own.map((problem) => (
              <span
                key={`${problem.column ?? ""} ${problem.message}`}
                className="block pr-3 pb-1 pl-11 font-sans text-13 text-failed wrap-anywhere"
              >
                {problem.column === null ? null : (
                  <span
                    aria-hidden="true"
                    className="block h-4 overflow-hidden font-mono text-12 whitespace-pre max-wide:hidden"
                  >
                    {" ".repeat(Math.min(200, problem.column - 1))}^
                  </span>
                )}
                {problem.message}
              </span>
            ))}
          </li>
        );
      })}
  </ol>
);

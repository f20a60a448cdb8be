import Link from "next/link";
import type { ReactNode } from "react";
import type { FlowView } from "#components/flows/flow-view.ts";
import { SourceText } from "#components/flows/source-text.tsx";
import type { DeclarationProblem } from "#lib/flow/flow-figures.ts";

/** The files that could not be taken; `shown`: the one whose text is asked for (null: it can't be read). */
export const ProblemFiles = ({
  problems,
  shown,
  view,
}: {
  readonly problems: readonly DeclarationProblem[];
  readonly shown: { readonly file: string; readonly text: string | null } | null;
  readonly view: FlowView;
}): ReactNode => {
  const { t } = view;
  if (problems.length === 0) return null;
  const files = [...Map.groupBy(problems, ({ file }) => file)];
  return (
    <section aria-labelledby="problem-files" className="mt-8">
      <div className="section-head">
        <h2 id="problem-files">{t("filesTitle", { count: files.length })}</h2>
        <span className="text-13 text-ink-3">{t("filesBody")}</span>
      </div>
      <ul>
        {files.map(([file, own]) => (
          <li key={file} className="border-b border-line py-2.5 text-13">
            <code className="font-medium">{file}</code>{" "}
            {shown?.file === file ? null : (
              <Link
                className="link ml-2"
                href={`/flows?${new URLSearchParams({ file }).toString()}`}
                prefetch={false}
                scroll={false}
              >
                {t("show")}
              </Link>
            )}
            {own.map((problem) => (
              <p
                key={`${problem.line ?? ""} ${problem.column ?? ""} ${problem.message}`}
                className="mt-0.5 text-ink-2 wrap-anywhere"
              >
                <span className="text-failed">
                  {problem.line === null ? t("whole") : t("line", { line: problem.line, column: problem.column ?? 1 })}
                </span>
                : {problem.message}
              </p>
            ))}
            {shown?.file !== file ? null : shown.text === null ? (
              <p className="mt-2 text-ink-2">{t("fileGone")}</p>
            ) : (
              <div className="mt-3">
                <SourceText text={shown.text} label={t("sourceOf", { file })} problems={own} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

import type { ReactNode } from "react";
import type { FlowView } from "#components/flows/flow-view.ts";
import type { DiffLine } from "#lib/flow/line-diff.ts";

/** Lines that stay in sight around a change. */
const around = 3;

type Piece = { readonly lines: readonly DiffLine[] } | { readonly unchanged: number };

/** What is far from any change is folded into a count. */
const piecesOf = (lines: readonly DiffLine[]): readonly Piece[] => {
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== "same"),
  );
  const pieces: Piece[] = [];
  for (let start = 0; start < lines.length;) {
    let end = start;
    while (end < lines.length && isNear[end] === isNear[start]) end += 1;
    pieces.push(isNear[start] === true ? { lines: lines.slice(start, end) } : { unchanged: end - start });
    start = end;
  }
  return pieces;
};

const signs = { same: " ", removed: "−", added: "+" } as const;
const grounds = { same: "", removed: "bg-failed-soft", added: "bg-ok-soft" } as const;

/** Two versions, line by line: what was taken out and put in, told by sign, word and ground. */
export const VersionDiff = ({
  changes,
  view,
}: {
  readonly changes: readonly DiffLine[] | null;
  readonly view: FlowView;
}): ReactNode => {
  const { t } = view;
  if (changes === null) return <p className="py-3 text-ink-2">{t("firstVersion")}</p>;
  if (changes.every(({ kind }) => kind === "same")) return <p className="py-3 text-ink-2">{t("sameText")}</p>;
  return (
    <div className="mt-3 rounded-2 border border-line py-2 font-mono text-12 leading-read">
      {piecesOf(changes).map((piece, index) =>
        "unchanged" in piece ? (
          <p key={index} className="px-4 py-1 font-sans text-12 text-ink-3">
            {t("unchanged", { count: piece.unchanged })}
          </p>
        ) : (
          <ul key={index}>
            {piece.lines.map((line) => (
              <li key={`${line.before ?? "-"} ${line.after ?? "-"}`} className={`flex ${grounds[line.kind]}`}>
                <span className="w-10 flex-none pr-2 text-right text-ink-3 select-none" aria-hidden="true">
                  {line.after ?? line.before}
                </span>
                <span className="w-5 flex-none text-ink-2 select-none" aria-hidden="true">
                  {signs[line.kind]}
                </span>
                {line.kind === "same" ? null : <span className="sr-only">{t(line.kind)}: </span>}
                <span className="min-w-0 pr-3 whitespace-pre-wrap wrap-anywhere">{line.text}</span>
              </li>
            ))}
          </ul>
        ),
      )}
    </div>
  );
};

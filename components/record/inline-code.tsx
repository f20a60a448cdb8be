import type { ReactNode } from "react";

/** A text of the engine in which backticks stand around ids: the ids in mono, all else as it is. */
export const InlineCode = ({ text }: { readonly text: string }): ReactNode =>
  text.split(/(`[^`]+`)/u).map((part, index) =>
    index % 2 === 1 ? (
      <code key={index} className="break-words">
        {part.slice(1, -1)}
      </code>
    ) : (
      part
    ),
  );

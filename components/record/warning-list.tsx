import type { ReactNode } from "react";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { InlineCode } from "#components/record/inline-code.tsx";
import type { View } from "#components/record/view.ts";

/** What is wrong and broke nothing (yet). */
export const WarningList = ({ journey, view }: { readonly journey: JourneyAnswer; readonly view: View }): ReactNode =>
  journey.warnings.length === 0 ? null : (
    <div className="mt-3 border-l-2 border-late pl-3 text-13">
      <h3 className="text-12 font-medium text-late">{view.record("warnings.title")}</h3>
      <ul>
        {journey.warnings.map((warning, index) => (
          <li key={index} className="text-ink-2 [overflow-wrap:anywhere]">
            <InlineCode text={warning.text[view.clock.language]} />
          </li>
        ))}
      </ul>
    </div>
  );

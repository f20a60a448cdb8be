import type { ReactNode } from "react";
import type { Casework } from "#components/casework/casework.ts";
import { closingTexts } from "#components/casework/casework-texts.ts";
import { ClosingProvider } from "#components/casework/closing-provider.tsx";
import { isCompleted } from "#lib/journey/judgement.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import type { View } from "#components/record/view.ts";

/** The closing of a journey, for the parts of its page that show and change it. */
export const ClosingFrame = ({
  journey,
  casework,
  view,
  children,
}: {
  readonly journey: JourneyAnswer;
  readonly casework: Casework | null;
  readonly view: View;
  readonly children: ReactNode;
}): ReactNode => {
  const { flow, primary, closed, state } = journey;
  if (casework === null || primary === null) return children;
  return (
    <ClosingProvider
      journey={{ flow, primary }}
      closed={
        closed === undefined
          ? null
          : { by: view.casework("close.by", { by: closed.by }), at: view.time(closed.at), reason: closed.reason }
      }
      mayClose={casework.mayClose && (!isCompleted(state) || closed !== undefined)}
      texts={closingTexts(view, casework.viewer)}
      actions={casework.closing}
    >
      {children}
    </ClosingProvider>
  );
};

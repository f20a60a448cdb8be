import type { ReactNode } from "react";
import { othersAlike } from "#lib/record/others-alike.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { chatText } from "#components/record/chat-text.ts";
import { CopyButton } from "#components/record/copy-button.tsx";
import { customerText } from "#components/record/customer-text.ts";
import type { Names } from "#components/record/names.ts";
import { OwnerList } from "#components/record/owners.tsx";
import { ownSentence } from "#components/record/own-sentence.ts";
import type { RecordLinks } from "#components/record/record-links.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Sentence } from "#components/record/sentence.tsx";
import type { View } from "#components/record/view.ts";

/** The alike group in words that fit the state. */
const AlikeLink = ({
  journey,
  view,
  href,
}: {
  readonly journey: JourneyAnswer;
  readonly view: View;
  readonly href: string | null;
}): ReactNode => {
  const { alike } = journey.verdict;
  if (alike === undefined || othersAlike(journey) < 1 || href === null) return null;
  const words = { count: othersAlike(journey), since: view.time(alike.since) };
  return (
    <a className="link" href={href}>
      {view.record(journey.state === "unknown" ? "alike.linkUnknown" : "alike.link", words)}
    </a>
  );
};

/** First what a person would say aloud, then what to tell the customer, how to pass it on, and who has it. */
export const VerdictPanel = ({
  journey,
  searched,
  names,
  view,
  links,
  desk,
}: {
  readonly journey: JourneyAnswer;
  readonly searched: string;
  readonly names: Names;
  readonly view: View;
  readonly links: RecordLinks;
  /** Closing the record by hand. */
  readonly desk: ReactNode;
}): ReactNode => {
  const t = view.record;
  const { verdict } = journey;
  const forCustomer = customerText(journey, searched, view);
  const copyTexts = { copiedLabel: t("actions.copied"), failedLabel: t("actions.copyFailed") };
  const marks = {
    key: journey.primary ?? searched,
    names: journey.steps.map((step) => names.step(step.id)),
    broken: verdict.step === null ? null : names.step(verdict.step),
  };
  const isTrouble = verdict.step !== null;
  return (
    <div className="mt-3 grid gap-x-12 gap-y-5 wide:mt-4 wide:grid-cols-[minmax(0,1fr)_minmax(280px,400px)] wide:grid-rows-[auto_1fr]">
      <div className="min-w-0">
        <Sentence text={ownSentence(journey, view)} state={journey.state} marks={marks} />
        <p className="mt-2 flex flex-wrap gap-x-4 gap-y-0.5 text-14 text-ink-2">
          <AlikeLink journey={journey} view={view} href={links.alike} />
          <span>
            {t(`confidence.${verdict.confidence}`)}
            {verdict.evidence.length === 0 ? null : (
              <>
                {" · "}
                <a className="link" href="#evidence" data-shortcut="e">
                  {t("evidenceCount", { count: verdict.evidence.length })}
                </a>
              </>
            )}
          </span>
        </p>
        {journey.primary === null ? <p className="mt-2 text-14 text-ink-2">{t("waiting.advice")}</p> : null}
        <div className="mt-4 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-l-2 border-line-strong pl-3">
          <h2 className="col-span-2 text-12 font-medium text-ink-3">{t("customer.title")}</h2>
          <p className="text-ink-2 [overflow-wrap:anywhere]" data-customer>
            {forCustomer}
          </p>
          <div className="no-print">
            <CopyButton text={forCustomer} label={t("customer.copy")} iconOnly {...copyTexts} />
          </div>
        </div>
      </div>
      {/* on phones below the owners, who belong on the first screen */}
      <div className="no-print min-w-0 max-wide:order-last wide:col-start-1 wide:row-start-2">
        <div className="wide:flex wide:flex-wrap wide:gap-2">
          <section
            data-action-bar
            aria-label={t("actions.title")}
            className="fixed inset-x-0 bottom-0 z-10 flex flex-wrap gap-2 border-t border-line bg-ground px-gutter pt-2.5 pb-[calc(10px+env(safe-area-inset-bottom))] wide:static wide:border-0 wide:p-0 [&>.btn]:flex-1 wide:[&>.btn]:flex-none"
          >
            <CopyButton
              text={chatText(journey, links.permalink, view)}
              label={t("actions.chat")}
              primary
              shortcut="c"
              {...copyTexts}
            />
            <CopyButton text={links.permalink} label={t("actions.link")} icon="link" shortcut="l" {...copyTexts} />
          </section>
          <div className="flex flex-wrap gap-2 wide:contents">
            {journey.primary === null ? null : (
              <a className="btn" href={links.compare} data-shortcut="d">
                <Icon name="diff" />
                {view.compare("open")}
                <kbd className="key-cap" aria-hidden="true">
                  D
                </kbd>
              </a>
            )}
            {desk}
          </div>
        </div>
      </div>
      {isTrouble || Object.keys(verdict.owners).length > 0 ? (
        <div className="min-w-0 wide:col-start-2 wide:row-span-2 wide:row-start-1">
          <OwnerList journey={journey} names={names} view={view} />
        </div>
      ) : null}
    </div>
  );
};

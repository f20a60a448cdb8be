import type { ReactNode } from "react";
import type { JourneyAnswer, LinkAnswer } from "#lib/record/record-answer.ts";
import { StateHead } from "#components/record/state-mark.tsx";
import type { Names } from "#components/record/names.ts";
import type { View } from "#components/record/view.ts";
import { Icon } from "#components/ui/icon.tsx";

/** Neighbours in the list of records that fail alike. */
export interface AlikePlace {
  readonly place: number;
  readonly total: number;
  readonly href: string;
  readonly previous: { readonly record: string; readonly href: string } | null;
  readonly next: { readonly record: string; readonly href: string } | null;
}

const KeyChip = ({
  link,
  view,
  href,
}: {
  readonly link: LinkAnswer;
  readonly view: View;
  readonly href: string | null;
}): ReactNode => {
  const value = <b className="max-w-64 truncate px-2 font-medium">{link.value}</b>;
  return (
    <li className="flex h-7 flex-none items-center overflow-hidden rounded-2 border border-line text-13 whitespace-nowrap">
      <span className="flex h-full items-center border-r border-line bg-sunken px-2 font-mono text-12 text-ink-3">
        {link.type}
      </span>
      {href === null ? (
        <span className="flex items-center">
          {value}
          {link.masked ? <span className="pr-2 text-12 text-ink-3">{view.record("masked")}</span> : null}
        </span>
      ) : (
        <a href={href} className="flex h-full items-center hover:bg-hover" title={link.value}>
          {value}
        </a>
      )}
    </li>
  );
};

export const RecordHead = ({
  title,
  journey,
  names,
  view,
  keyHref,
  alike,
  live,
}: {
  readonly title: string;
  readonly journey: JourneyAnswer;
  readonly names: Names;
  readonly view: View;
  readonly keyHref: (link: LinkAnswer) => string | null;
  readonly alike: AlikePlace | null;
  /** Whether the page follows the record. */
  readonly live: ReactNode;
}): ReactNode => {
  const t = view.record;
  // the record's own number stands in the heading
  const keys = journey.links.filter((link) => link.type !== journey.names.primary || link.value !== journey.primary);
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <h1 className="text-24 leading-tight font-bold tracking-tight [overflow-wrap:anywhere]">{title}</h1>
      <StateHead journey={journey} view={view} />
      {keys.length === 0 ? null : (
        <ul
          aria-label={t("keys")}
          className="-mx-gutter flex max-w-[100vw] gap-2 overflow-x-auto px-gutter py-0.5 wide:mx-0 wide:max-w-full wide:flex-wrap wide:px-0"
        >
          {keys.map((link) => (
            <KeyChip key={`${link.type} ${link.value}`} link={link} view={view} href={keyHref(link)} />
          ))}
        </ul>
      )}
      <p className="flex w-full items-center gap-1 text-13 text-ink-3 wide:ml-auto wide:w-auto">
        <span className="mr-auto flex flex-wrap gap-x-3">
          {live}
          <span>
            {names.flow}
            {alike === null ? null : (
              <>
                {" · "}
                <a className="link" href={alike.href}>
                  {t("alike.place", { place: alike.place, total: alike.total })}
                </a>
              </>
            )}
          </span>
        </span>
        {alike === null || alike.previous === null ? null : (
          <a
            className="icon-btn no-print"
            rel="prev"
            data-shortcut="k"
            href={alike.previous.href}
            aria-label={t("alike.previous", { record: alike.previous.record })}
          >
            <Icon name="up" />
          </a>
        )}
        {alike === null || alike.next === null ? null : (
          <a
            className="icon-btn no-print"
            rel="next"
            data-shortcut="j"
            href={alike.next.href}
            aria-label={t("alike.next", { record: alike.next.record })}
          >
            <Icon name="down" />
          </a>
        )}
      </p>
    </header>
  );
};

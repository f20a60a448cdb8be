import Link from "next/link";
import type { ReactNode } from "react";
import { en } from "#components/help/en.ts";
import { ownWords, type HelpTexts } from "#components/help/help-text.ts";
import { zh } from "#components/help/zh.ts";
import { messagesOf } from "#components/message/messages-of.ts";
import { Glyph, glyphOf } from "#components/ui/glyph.tsx";
import { helpPages, type HelpPage } from "#lib/help/help-page.ts";
import { journeyStates, reasons } from "#lib/journey/judgement.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

export const helpTexts = (language: Language): HelpTexts => (language === "zh" ? zh : en);

const Definition = ({
  id,
  word,
  meaning,
  mark,
}: {
  readonly id?: string;
  readonly word: string;
  readonly meaning: string;
  readonly mark?: ReactNode;
}): ReactNode => (
  <div className="grid grid-cols-[11rem_1fr] gap-x-4 border-b border-line py-2 max-wide:grid-cols-1" id={id}>
    <dt className="flex items-center gap-2 font-medium">
      {mark}
      {word}
    </dt>
    <dd className="text-ink-2">{meaning}</dd>
  </div>
);

const Head = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <div className="section-head mt-8">
    <h2>{children}</h2>
  </div>
);

/** Every word, state and reason, once. */
const AllWords = ({ texts, language }: { readonly texts: HelpTexts; readonly language: Language }): ReactNode => {
  const { state, reason } = messagesOf(language);
  return (
    <>
      <dl className="mt-4">
        {ownWords.map((word) => (
          <Definition key={word} id={word} word={texts.glossary[word][0]} meaning={texts.glossary[word][1]} />
        ))}
      </dl>
      <Head>{texts.states}</Head>
      <dl>
        {([...journeyStates, "waiting"] as const).map((name) => (
          <Definition
            key={name}
            word={state[name]}
            meaning={texts.stateMeanings[name]}
            mark={<Glyph name={name === "waiting" ? "waiting" : glyphOf(name)} />}
          />
        ))}
      </dl>
      <Head>{texts.reasons}</Head>
      <dl>
        {reasons.map((name) => (
          <Definition key={name} word={reason[name]} meaning={texts.reasonMeanings[name]} />
        ))}
      </dl>
    </>
  );
};

/** The help of one page: what is seen, what to do, and its words. Drawn on the server; needs no script. */
export const HelpArticle = ({
  page,
  language,
}: {
  readonly page: HelpPage;
  readonly language: Language;
}): ReactNode => {
  const texts = helpTexts(language);
  const { title, see, act, words } = texts.pages[page];
  return (
    <div className="mt-4 grid grid-cols-[180px_minmax(0,1fr)] gap-x-12 max-wide:mt-1 max-wide:block">
      <nav aria-label={texts.heading} className="max-wide:mb-4">
        <ul className="flex flex-col gap-0.5 text-13 max-wide:flex-row max-wide:overflow-x-auto">
          {helpPages.map((each) => (
            <li key={each}>
              <Link
                href={`/help/${each}`}
                prefetch={false}
                aria-current={each === page ? "page" : undefined}
                className={`flex min-h-8 items-center rounded-2 px-2 whitespace-nowrap hover:bg-hover max-wide:min-h-11 ${each === page ? "font-bold text-ink" : "text-ink-2"}`}
              >
                {texts.pages[each].title}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <article className="max-w-200">
        <h1 className="text-24 leading-tight font-bold tracking-[-0.01em]">{title}</h1>
        {page === "words" ? (
          <AllWords texts={texts} language={language} />
        ) : (
          <>
            <Head>{texts.see}</Head>
            <ul className="mt-3 ml-5 list-disc leading-read">
              {see.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <Head>{texts.act}</Head>
            <ul className="mt-3 ml-5 list-disc leading-read">
              {act.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <Head>{texts.words}</Head>
            <dl>
              {words.map((word) => (
                <Definition key={word} word={texts.glossary[word][0]} meaning={texts.glossary[word][1]} />
              ))}
            </dl>
            <p className="mt-4 text-13 text-ink-3">
              <Link href="/help/words" prefetch={false} className="link">
                {texts.all}
              </Link>{" "}
              · {texts.keys}
            </p>
          </>
        )}
      </article>
    </div>
  );
};

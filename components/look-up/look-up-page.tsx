"use client";

import { useEffect, useEffectEvent, useRef, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { LineTable } from "#components/look-up/line-table.tsx";
import { keepPasted, usePasted } from "#components/look-up/pasted-text.ts";
import { PickedNote } from "#components/look-up/picked-note.tsx";
import { useLookUp } from "#components/look-up/use-look-up.ts";
import { pickKeys } from "#lib/key/pick-keys.ts";
import { maxLookUpKeys } from "#lib/search/look-up-line.ts";

/** Many numbers at once, as support gets them in a chat. What is pasted stays in this tab and in request bodies. */
export const LookUpPage = (): ReactNode => {
  const t = useTranslations("lookUp");
  const { text, arrival } = usePasted();
  const isPasted = useRef(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const lookUp = useLookUp();
  const { start } = lookUp;
  const picked = pickKeys(text, maxLookUpKeys);

  const take = (next: string): void => {
    keepPasted(next, isPasted.current);
    isPasted.current = false;
  };
  // what stands there when the page opens, and every paste; `text` itself changes with every key
  const startPasted = useEffectEvent((pastes: number) => {
    if (pastes === 0) field.current?.focus();
    else start(picked.keys);
  });
  useEffect(() => startPasted(arrival), [arrival]);

  return (
    <>
      <h1 className="mt-4 text-24 leading-tight font-bold tracking-[-0.01em] max-wide:mt-1">{t("title")}</h1>
      <form
        method="post"
        className="mt-3"
        onSubmit={(event) => {
          event.preventDefault();
          start(picked.keys);
        }}
      >
        <label className="block">
          <span className="text-ink-2">{t("intro", { most: maxLookUpKeys })}</span>
          <textarea
            ref={field}
            className="field mt-2 h-auto max-h-60 min-h-24 py-2 leading-read [field-sizing:content]"
            aria-label={t("label")}
            rows={4}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onPaste={() => {
              isPasted.current = true;
            }}
            onChange={(event) => take(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
            }}
          />
        </label>
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <button type="submit" className="btn btn-primary" disabled={picked.keys.length === 0 || lookUp.isBusy}>
            {lookUp.lines.length === 0 ? t("send") : t("again")}
          </button>
          {text === "" ? null : (
            <button
              type="button"
              className="btn btn-quiet"
              onClick={() => {
                take("");
                start([]);
                field.current?.focus();
              }}
            >
              {t("clear")}
            </button>
          )}
          {text === "" ? null : <PickedNote picked={picked} />}
        </div>
      </form>
      {lookUp.keys.length === 0 ? null : <LineTable lookUp={lookUp} />}
    </>
  );
};

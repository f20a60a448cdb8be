"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Redriving } from "#components/dead-letters/letter.ts";

const everyMs = 1_000;

/** How far a request is; looks again every second until it is answered. */
export const RedrivingNote = ({
  redriving,
  closeHref,
}: {
  readonly redriving: Redriving;
  readonly closeHref: string;
}): ReactNode => {
  const t = useTranslations("deadLetters.request");
  const router = useRouter();
  const isUnderWay = redriving.state === "waiting" || redriving.state === "running";
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [isUnderWay, router]);

  const sentence = ((): string => {
    switch (redriving.state) {
      case "waiting":
        return t(redriving.isWorkerUp ? "waiting" : "waitingDown");
      case "running":
        return t("running", { left: redriving.left });
      case "done":
        return [t("done", redriving), ...(redriving.cut === 0 ? [] : [t("cut", { count: redriving.cut })])].join(" ");
      case "failed":
        return t("failed", { reason: redriving.reason });
      case "unknown":
        return t("unknown");
    }
  })();
  return (
    <p className="mt-4 flex flex-wrap items-baseline gap-x-3 rounded-2 bg-sunken px-4 py-2.5">
      <output className={redriving.state === "failed" ? "text-failed" : ""}>{sentence}</output>
      {isUnderWay ? null : (
        <Link className="link ml-auto text-13" href={closeHref} replace>
          {t("close")}
        </Link>
      )}
    </p>
  );
};

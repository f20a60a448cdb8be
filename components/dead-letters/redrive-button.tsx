"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Redrive } from "#components/dead-letters/letter.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";

/** Asks first, then leaves the request with the worker and goes to where it can be watched. */
export const RedriveButton = ({
  text,
  count,
  hasLimits,
  isWorkerUp,
  input,
  watchAt,
  redrive,
}: {
  readonly text: string;
  readonly count: number;
  /** Whether events outside their token's limits are left out. */
  readonly hasLimits: boolean;
  readonly isWorkerUp: boolean;
  readonly input: Parameters<Redrive>[0];
  readonly watchAt: (request: string) => string;
  readonly redrive: Redrive;
}): ReactNode => {
  const t = useTranslations("deadLetters");
  const router = useRouter();
  const sentences = [
    t("redriveBody"),
    ...(hasLimits ? [t("redriveLimits")] : []),
    ...(isWorkerUp ? [] : [t("redriveDown")]),
  ];
  return (
    <ConfirmButton
      className="btn btn-primary"
      text={text}
      title={t("redriveTitle", { count })}
      body={sentences.join(" ")}
      confirm={t("redriveDo")}
      act={async () => {
        const { request } = await redrive(input);
        router.push(watchAt(request));
        return null;
      }}
    />
  );
};

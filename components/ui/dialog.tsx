"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "#components/ui/icon.tsx";

/** A dialog over the page, for acting and never for reading. Focus goes in and comes back; Escape closes. */
export const Dialog = ({
  open,
  onOpenChange,
  title,
  children,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode => {
  const t = useTranslations("shell");
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-20 bg-ink/30" />
        <Base.Popup className="popup fixed inset-x-4 top-[12vh] z-20 mx-auto max-h-[76vh] max-w-160 overflow-auto p-4">
          <div className="mb-3 flex items-center justify-between gap-3">
            <Base.Title className="text-16 font-bold">{title}</Base.Title>
            <Base.Close className="icon-btn" aria-label={t("close")}>
              <Icon name="cross" />
            </Base.Close>
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
};

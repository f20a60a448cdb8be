"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { Popover as Base } from "@base-ui/react/popover";
import { useState, type MouseEvent, type ReactNode } from "react";
import { Icon, type IconName } from "#components/ui/icon.tsx";

/** A chip that opens a panel of links or fields; following a link in it closes it. `isSet`: it stands for something chosen. */
export const Popover = ({
  text,
  icon,
  isSet = false,
  children,
}: {
  readonly text: string;
  readonly icon?: IconName;
  readonly isSet?: boolean;
  readonly children: ReactNode;
}): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  const follow = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest("a") !== null) setOpen(false);
  };
  return (
    <CSPProvider disableStyleElements>
      <Base.Root open={isOpen} onOpenChange={setOpen}>
        <Base.Trigger className="chip" aria-current={isSet ? "true" : undefined}>
          {icon === undefined ? null : <Icon name={icon} size={14} />}
          {text}
          <Icon name="down" size={12} />
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner className="z-20" align="start" sideOffset={6}>
            <Base.Popup
              className="popup max-h-[min(70vh,28rem)] max-w-[calc(100vw-2rem)] min-w-56 overflow-y-auto p-1.5 outline-none"
              aria-label={text}
              onClick={follow}
            >
              {children}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </CSPProvider>
  );
};

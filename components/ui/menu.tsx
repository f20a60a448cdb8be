"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { Menu as Base } from "@base-ui/react/menu";
import Link from "next/link";
import type { ReactNode } from "react";

/** A button that opens a menu. `label` names the button where `trigger` is a drawing. Under our policy base-ui may add no styles of its own. */
export const Menu = ({
  trigger,
  label,
  defaultOpen = false,
  children,
}: {
  readonly trigger: ReactNode;
  readonly label?: string;
  readonly defaultOpen?: boolean;
  readonly children: ReactNode;
}): ReactNode => (
  <CSPProvider disableStyleElements>
    <Base.Root modal={false} defaultOpen={defaultOpen}>
      <Base.Trigger className="icon-btn" aria-label={label}>
        {trigger}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="z-20" align="end" sideOffset={6}>
          <Base.Popup className="popup min-w-52 p-1.5 outline-none">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  </CSPProvider>
);

export const MenuItem = ({
  onSelect,
  children,
}: {
  readonly onSelect: () => void;
  readonly children: ReactNode;
}): ReactNode => (
  <Base.Item className="menu-item" onClick={onSelect}>
    {children}
  </Base.Item>
);

export const MenuLink = ({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactNode => (
  <Base.LinkItem className="menu-item" closeOnClick render={<Link href={href} prefetch={false} />}>
    {children}
  </Base.LinkItem>
);

/** Items of which one is chosen. */
export const MenuChoice = <Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}): ReactNode => (
  <Base.Group>
    <Base.GroupLabel className="px-2.5 pt-1.5 pb-1 text-12 text-ink-3">{label}</Base.GroupLabel>
    <Base.RadioGroup value={value} onValueChange={onChange}>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} closeOnClick className="menu-item">
          <Base.RadioItemIndicator keepMounted className="w-4 data-[unchecked]:invisible">
            ✓
          </Base.RadioItemIndicator>
          {option.text}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  </Base.Group>
);

export const MenuNote = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <div className="px-2.5 py-1.5 text-12 text-ink-3">{children}</div>
);

export const MenuSeparator = (): ReactNode => <Base.Separator className="my-1.5 h-px bg-line" />;

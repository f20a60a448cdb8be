import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { clientMessages } from "#components/message/client-messages.ts";
import { htmlLanguageOf } from "#components/message/messages-of.ts";
import { TextProvider } from "#components/message/text-provider.tsx";
import { pageSetting } from "#app/_data/page-setting.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Hopline", template: "%s · Hopline" },
  robots: { index: false, follow: false },
  referrer: "no-referrer",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, viewportFit: "cover" };

const RootLayout = async ({ children }: { readonly children: ReactNode }): Promise<ReactNode> => {
  const { clock, theme } = await pageSetting();
  return (
    <html lang={htmlLanguageOf(clock.language)} data-theme={theme ?? undefined}>
      <body>
        <TextProvider clock={clock} messages={clientMessages(clock.language)}>
          {children}
        </TextProvider>
      </body>
    </html>
  );
};

export default RootLayout;

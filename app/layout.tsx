import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { htmlLanguageOf } from "#components/message/messages-of.ts";
import { TextProvider } from "#components/message/text-provider.tsx";
import { StyleNonce } from "#components/ui/style-nonce.tsx";
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
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang={htmlLanguageOf(clock.language)} data-theme={theme ?? undefined}>
      <body>
        <StyleNonce nonce={nonce}>
          <TextProvider clock={clock}>{children}</TextProvider>
        </StyleNonce>
      </body>
    </html>
  );
};

export default RootLayout;

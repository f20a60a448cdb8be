"use client";

import type { ReactNode } from "react";
import "./globals.css";

/** Where not even the frame of a page could be drawn: no texts, no script, both languages. */
const GlobalError = (): ReactNode => (
  <html lang="en">
    <body>
      <main className="mx-auto max-w-160 px-gutter pt-[12vh]">
        <h1 className="text-24 font-bold">This page could not be shown</h1>
        <p className="mt-2 leading-read text-ink-2">
          Hopline itself failed, not the systems it watches. Load the page again; if it stays, look into the console’s
          log.
        </p>
        <p lang="zh-CN" className="mt-4 leading-read text-ink-2">
          这一页没能显示。出问题的是 Hopline 自己，不是它观察的系统。请重新加载；如果还是这样，请看控制台的日志。
        </p>
      </main>
    </body>
  </html>
);

export default GlobalError;

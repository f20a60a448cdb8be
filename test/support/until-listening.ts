import type { Page } from "playwright-core";

/** Resolves when the part of a page that follows what happens has come to life; keys pressed before would be nobody's. */
export const untilListening = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => {
    const live = document.querySelector("[data-live]");
    return live !== null && Object.keys(live).some((name) => name.startsWith("__reactProps$"));
  });
};

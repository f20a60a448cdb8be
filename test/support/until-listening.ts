import type { Page } from "playwright-core";

/**
 * Resolves when a page of the console has come to life: every place that a person can press or type in is React's, and what it does on
 * appearing (taking the focus, listening for keys) is done. What is pressed before would be nobody's. A page that is not the console's is left alone.
 */
export const untilListening = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => {
    if (!("__next_f" in globalThis)) return true;
    const places = [...document.querySelectorAll("main, form, button, input, textarea, select, [data-live]")];
    return places.every((place) => Object.keys(place).some((name) => name.startsWith("__reactProps$")));
  });
  // Effects run after the page was painted.
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))),
  );
};

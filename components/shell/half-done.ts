import { areKeysTaken } from "#components/ui/single-keys.ts";

/** Forms that somebody has typed into and not sent yet. */
const begun = new WeakSet<HTMLFormElement>();

const formOf = ({ target }: Event): HTMLFormElement | null => {
  const form = target instanceof Element ? target.closest("form") : null;
  // those that only ask for another view lose nothing
  return form?.method === "post" ? form : null;
};
const begin = (event: Event): void => {
  const form = formOf(event);
  if (form !== null) begun.add(form);
};
const finish = (event: Event): void => {
  const form = formOf(event);
  if (form !== null) begun.delete(form);
};

/** Notes what people type, until stopped. Returns how to stop. */
export const followForms = (): (() => void) => {
  document.addEventListener("input", begin);
  document.addEventListener("submit", finish);
  return () => {
    document.removeEventListener("input", begin);
    document.removeEventListener("submit", finish);
  };
};

/** Whether a form of the page is half written. */
export const isHalfWritten = (): boolean =>
  [...document.querySelectorAll<HTMLFormElement>("#main form")].some((form) => begun.has(form));

/** Whether something is open over the page, or some of its text is selected. */
export const isBeingUsed = (): boolean => {
  const selection = document.getSelection();
  const isSelected = selection !== null && !selection.isCollapsed && selection.toString().trim() !== "";
  return areKeysTaken() || (isSelected && document.getElementById("main")?.contains(selection.anchorNode) === true);
};

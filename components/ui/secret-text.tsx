import type { ReactNode } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";

/** A text to be copied whole: a secret shown once, a link, a command. */
export const SecretText = ({ label, text }: { readonly label: string; readonly text: string }): ReactNode => (
  <section className="mt-5" aria-label={label}>
    <h2 className="text-13 font-medium">{label}</h2>
    <pre className="my-2 rounded-2 bg-sunken px-4 py-3 text-12 leading-read whitespace-pre-wrap wrap-anywhere">
      {text}
    </pre>
    <CopyButton text={text} />
  </section>
);

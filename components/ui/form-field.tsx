import { useId, type ReactNode } from "react";

/** A labelled text field with a hint below, or what is wrong with it. */
export const FormField = ({
  label,
  hint,
  problem = null,
  ...input
}: {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | null;
} & React.ComponentProps<"input">): ReactNode => {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div>
      <label className="block text-13 font-medium" htmlFor={id}>
        {label}
      </label>
      <input
        className="field mt-1"
        id={id}
        aria-invalid={problem !== null}
        {...(note !== undefined && { "aria-describedby": `${id}-note` })}
        {...input}
      />
      {note === undefined ? null : (
        <p
          id={`${id}-note`}
          className={`mt-1 text-13 ${problem === null ? "text-ink-3" : "text-failed"}`}
          role={problem === null ? undefined : "alert"}
        >
          {note}
        </p>
      )}
    </div>
  );
};

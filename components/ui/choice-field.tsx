import type { ReactNode } from "react";

/** A few options side by side, of which one is chosen. */
export const ChoiceField = <Value extends string>({
  label,
  name,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly name: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}): ReactNode => (
  <fieldset>
    <legend className="mb-1 text-13 font-medium">{label}</legend>
    <div className="flex flex-wrap gap-2">
      {options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.text}
        </label>
      ))}
    </div>
  </fieldset>
);

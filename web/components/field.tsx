import type { InputHTMLAttributes, ReactNode } from 'react';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  name: string;
  label: string;
}

/** An input with its label. */
export function Field({ label, ...input }: FieldProps): ReactNode {
  const id = `field-${input.name}`;
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input id={id} {...input} />
    </div>
  );
}

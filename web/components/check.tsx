import type { ReactNode } from 'react';

interface CheckProps {
  name: string;
  required?: boolean;
  children: ReactNode;
}

/** A tick with its text. It is never set beforehand. */
export function Check({ name, required = false, children }: CheckProps): ReactNode {
  return (
    <label className="check">
      <input type="checkbox" name={name} value="yes" required={required} />
      <span>{children}</span>
    </label>
  );
}

import type { ReactNode } from 'react';

interface LicenseKeyProps {
  label: string;
  value: string;
}

/** A key to copy. */
export function LicenseKey({ label, value }: LicenseKeyProps): ReactNode {
  return (
    <div>
      <p className="note">{label}</p>
      <textarea className="license-key" readOnly rows={3} aria-label={label} value={value} spellCheck={false} />
    </div>
  );
}

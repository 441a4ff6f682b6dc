import type { ReactNode } from 'react';

/**
 * Why the last submission has failed, or nothing. A screen reader does not say an alert that a page has from its beginning, so the note has the
 * focus.
 */
export function ProblemNote({ children }: { children: string | null }): ReactNode {
  if (children === null) return null;
  return (
    <p className="problem" role="alert" tabIndex={-1} autoFocus>
      {children}
    </p>
  );
}

import type { ReactNode } from 'react';

interface ProblemNoteProps {
  children: string | null;
  /** Of an entry that it describes. */
  id?: string;
  className?: string;
}

/**
 * Why the last submission has failed, or nothing. A screen reader does not say an alert that a page has from its beginning, so the note has the
 * focus.
 */
export function ProblemNote({ children, id, className = 'problem' }: ProblemNoteProps): ReactNode {
  if (children === null) return null;
  return (
    <p className={className} id={id} role="alert" tabIndex={-1} autoFocus>
      {children}
    </p>
  );
}

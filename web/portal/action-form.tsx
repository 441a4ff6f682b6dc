import type { ReactNode } from 'react';
import type { PortalFrame } from './model';

interface ActionFormProps {
  frame: PortalFrame;
  action: string;
  /** What the action is about. */
  of?: Record<string, string>;
  className?: string;
  labelledBy?: string;
  children: ReactNode;
}

/** A form of the portal. What it sends back makes it count once. */
export function ActionForm({ frame, action, of = {}, className, labelledBy, children }: ActionFormProps): ReactNode {
  return (
    <form method="post" className={className} aria-labelledby={labelledBy}>
      <input type="hidden" name="submission" value={frame.submission} />
      <input type="hidden" name="action" value={action} />
      {Object.entries(of).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

/** The address of a page of the portal. */
export function placeOf({ base }: PortalFrame, view: string, of: Record<string, string> = {}): string {
  const query = new URLSearchParams(of).toString();
  return `${base}/${view}${query === '' ? '' : `?${query}`}`;
}

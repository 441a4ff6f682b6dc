import type { ReactNode } from 'react';
import { placeOf } from './action-form';
import type { PortalFrame, PortalPart } from './model';

interface OlderProps extends Pick<PortalPart<unknown>, 'older'> {
  frame: PortalFrame;
  /** Which part of the page goes on. */
  part: 'after' | 'notes' | 'orders';
  /** The id of its heading. */
  heading: string;
  label: string;
}

/** The link at the end of a list that has more rows. */
export function Older({ frame, older, part, heading, label }: OlderProps): ReactNode {
  if (older === null) return null;
  return (
    <p>
      <a href={`${placeOf(frame, 'home', { [part]: older })}#${heading}`}>{label}</a>
    </p>
  );
}

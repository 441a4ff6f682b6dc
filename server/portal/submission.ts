import type { Entries } from '../checkout/form';
import type { Visit } from './operations';
import type { PortalRows } from './rows';

/** A form of the portal that a customer has sent. */
export interface Submission {
  visit: Visit;
  found: PortalRows;
  entries: Entries;
  /** Of this form with these entries. */
  key: string;
}

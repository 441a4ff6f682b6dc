import type { Subscription } from '../../domain/rows/subscription';
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

/** The subscription that the form is about, if it is one of the customer's. */
export const chosen = ({ found, entries }: Submission): Subscription | undefined =>
  found.subscriptions.find(({ id }) => id === entries['subscription']);

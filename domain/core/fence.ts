import { isBilledHere, type Customer } from '../rows/customer';
import type { ChangeSet } from './change-set';
import { BillingError } from './errors';

/**
 * Nobody is billed twice: while another system bills a customer, Dunlin makes no invoice for them and changes none of their subscriptions. A preview may.
 *
 * @throws BillingError customer_billed_elsewhere
 */
export function requireBilledHere({ context }: ChangeSet, customer: Customer | undefined): void {
  if (context.preview || !customer || isBilledHere(customer)) return;
  const message = `The customer ${customer.id} is still billed by the system that they were imported from. Change it there, or cut the customer over first.`;
  throw new BillingError('customer_billed_elsewhere', message, { param: 'customer' });
}

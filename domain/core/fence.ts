import { isBilledHere, type Customer } from '../rows/customer';
import { BillingError } from './errors';

/**
 * Nobody is billed twice: while another system bills a customer, Dunlin makes no invoice for them and changes none of their subscriptions.
 *
 * @throws BillingError customer_billed_elsewhere
 */
export function requireBilledHere(customer: Customer | undefined): void {
  if (!customer || isBilledHere(customer)) return;
  const message = `The customer ${customer.id} is still billed by the system that they were imported from. Change it there, or cut the customer over first.`;
  throw new BillingError('customer_billed_elsewhere', message, { param: 'customer' });
}

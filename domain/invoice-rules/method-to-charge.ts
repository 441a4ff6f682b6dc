/** Which payment method is charged, and shows where the customer is. */
import { defaultMethodOf, type Customer } from '../rows/customer';
import type { PaymentMethod } from '../rows/payment-method';
import type { Rows } from '../rows/rows';

/** The first of the named payment methods that is still attached to the customer, and the customer's default last. */
export function methodToCharge(rows: Rows, customer: Customer, named: readonly (string | null)[]): PaymentMethod | undefined {
  return [...named, defaultMethodOf(customer)].map((id) => attachedMethod(rows, customer.id, id)).find((method) => method !== undefined);
}

/** A payment method that was detached may still be named by an invoice. */
export function attachedMethod(rows: Rows, customer: string, id: string | null): PaymentMethod | undefined {
  const method = rows.find('paymentMethod', id);
  return method?.customer === customer ? method : undefined;
}

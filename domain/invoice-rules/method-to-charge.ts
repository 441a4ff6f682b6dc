/** Which payment method is charged, and shows where the customer is. */
import { defaultMethodOf, type Customer } from '../rows/customer';
import type { Invoice } from '../rows/invoice';
import type { PaymentMethod } from '../rows/payment-method';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';

/** The payment method for an invoice: its own, else the subscription's, else the customer's default. */
export function paymentMethodOf(
  rows: Rows,
  invoice: Pick<Invoice, 'customer' | 'defaultPaymentMethod' | 'subscription'>,
): PaymentMethod | undefined {
  const subscription = rows.find('subscription', invoice.subscription);
  return methodToCharge(rows, rows.get('customer', invoice.customer), [
    invoice.defaultPaymentMethod,
    subscription?.defaultPaymentMethod ?? null,
  ]);
}

/** The payment method for a subscription's next invoice. */
export function paymentMethodOfSubscription(
  rows: Rows,
  { customer, defaultPaymentMethod }: Pick<Subscription, 'customer' | 'defaultPaymentMethod'>,
): PaymentMethod | undefined {
  return methodToCharge(rows, rows.get('customer', customer), [defaultPaymentMethod]);
}

/** The first of the named payment methods that is still attached to the customer, and the customer's default last. */
export function methodToCharge(rows: Rows, customer: Customer, named: readonly (string | null)[]): PaymentMethod | undefined {
  return [...named, defaultMethodOf(customer)].map((id) => attachedMethod(rows, customer.id, id)).find((method) => method !== undefined);
}

/** A payment method that was detached may still be named by an invoice. */
export function attachedMethod(rows: Rows, customer: string, id: string | null): PaymentMethod | undefined {
  const method = rows.find('paymentMethod', id);
  return method?.customer === customer ? method : undefined;
}

import type { Customer, CustomerBalanceTransaction } from '../domain/rows/customer';
import { negate } from '../domain/money/money';
import type { Rows } from '../domain/rows/rows';
import { locationFor } from '../domain/tax/location';
import { collectsIn, sellerFrom } from '../domain/tax/seller';
import { toStripeDiscount } from './discount';
import type { WireCashBalance, WireCustomer, WireCustomerBalanceTransaction, WireCustomerTax } from './shapes/customer';
import type { RenderContext } from './wire';

/** Stripe's customer. Its discount is always shown in full, unlike all other related objects. */
export function toStripeCustomer(customer: Customer, rows: Rows): WireCustomer {
  return {
    id: customer.id,
    object: 'customer',
    address: customer.address,
    balance: customer.balance,
    created: customer.created,
    currency: customer.currency,
    customer_account: null,
    default_source: customer.defaultSource,
    delinquent: customer.delinquent,
    description: customer.description,
    discount: customer.discount === null ? null : toStripeDiscount(rows.get('discount', customer.discount)),
    email: customer.email,
    invoice_prefix: customer.invoicePrefix,
    invoice_settings: customer.invoiceSettings,
    livemode: customer.livemode,
    metadata: customer.metadata,
    name: customer.name,
    next_invoice_sequence: customer.nextInvoiceSequence,
    phone: customer.phone,
    preferred_locales: customer.preferredLocales,
    shipping: customer.shipping,
    tax_exempt: customer.taxExempt,
    test_clock: customer.testClock,
  };
}

/** Dunlin holds no money for customers, so no currency is available. */
export function toStripeCashBalance({ id, livemode }: Customer): WireCashBalance {
  return {
    object: 'cash_balance',
    available: null,
    customer: id,
    customer_account: null,
    livemode,
    settings: { reconciliation_mode: 'automatic', using_merchant_default: true },
  };
}

/** The location that automatic tax uses, and whether the seller collects tax there. */
export function toStripeTaxOf(customer: Customer, rows: Rows, { now }: RenderContext): WireCustomerTax {
  const found = locationFor(rows, customer);
  const place = found?.place ?? null;
  return {
    automatic_tax: place === null ? 'unrecognized_location' : collectsIn(sellerFrom(rows), place, now) ? 'supported' : 'not_collecting',
    ip_address: customer.taxIpAddress,
    location: found === null || place === null ? null : { country: place.country, source: found.source, state: place.state },
    provider: 'stripe',
  };
}

/** `invoice_credit_balance`, by currency. As Stripe documents it, credit is above zero here, and below zero in `balance`. */
export function toStripeCreditBalance({ currency, balance, otherBalances }: Customer): Record<string, number> {
  const balances = { ...(currency === null ? {} : { [currency]: balance }), ...otherBalances };
  return Object.fromEntries(Object.entries(balances).map(([each, amount]) => [each, negate(amount)]));
}

/** One change of a customer's balance. */
export function toStripeCustomerBalanceTransaction(transaction: CustomerBalanceTransaction): WireCustomerBalanceTransaction {
  return {
    id: transaction.id,
    object: 'customer_balance_transaction',
    amount: transaction.amount,
    checkout_session: null,
    created: transaction.created,
    credit_note: transaction.creditNote,
    currency: transaction.currency,
    customer: transaction.customer,
    customer_account: null,
    description: transaction.description,
    ending_balance: transaction.endingBalance,
    invoice: transaction.invoice,
    livemode: transaction.livemode,
    metadata: transaction.metadata,
    type: transaction.type,
  };
}

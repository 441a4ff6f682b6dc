import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { discount } from './discount';
import { address, amountTaxDisplay, currency, customField, epoch, integer, metadata, minorUnits, shipping } from './parts';

export const customer = z
  .strictObject({
    id: z.string(),
    object: z.literal('customer'),
    address: address().nullable(),
    balance: minorUnits(),
    created: epoch(),
    currency: currency().nullable(),
    customer_account: z.null(),
    default_source: z.string().nullable(),
    delinquent: z.boolean(),
    description: z.string().nullable(),
    discount: discount.nullable(),
    email: z.string().nullable(),
    invoice_prefix: z.string(),
    invoice_settings: z.strictObject({
      custom_fields: z.array(customField()).nullable(),
      default_payment_method: z.string().nullable(),
      footer: z.string().nullable(),
      rendering_options: z.strictObject({ amount_tax_display: amountTaxDisplay().nullable(), template: z.string().nullable() }).nullable(),
      consolidation: z.enum(['none', 'same_day']).optional(),
    }),
    livemode: z.boolean(),
    metadata: metadata(),
    name: z.string().nullable(),
    next_invoice_sequence: integer(),
    phone: z.string().nullable(),
    preferred_locales: z.array(z.string()),
    shipping: shipping().nullable(),
    tax_exempt: z.enum(['exempt', 'none', 'reverse']),
    test_clock: z.string().nullable(),
  })
  .meta({ id: 'customer' }) satisfies z.ZodType<Wire<Stripe.Customer>>;
export type WireCustomer = z.output<typeof customer>;

/** `cash_balance`, shown when expanded. It is always empty: Dunlin holds no money for customers. */
export const cashBalance = z
  .strictObject({
    object: z.literal('cash_balance'),
    available: z.null(),
    customer: z.string(),
    customer_account: z.null(),
    livemode: z.boolean(),
    settings: z.strictObject({ reconciliation_mode: z.literal('automatic'), using_merchant_default: z.literal(true) }),
  })
  .meta({ id: 'customer_cash_balance' }) satisfies z.ZodType<Wire<Stripe.CashBalance>>;
export type WireCashBalance = z.output<typeof cashBalance>;

/** `tax`, shown when expanded: the customer's location as automatic tax would see it. */
export const customerTax = z.strictObject({
  automatic_tax: z.enum(['not_collecting', 'supported', 'unrecognized_location']),
  ip_address: z.string().nullable(),
  location: z
    .strictObject({
      country: z.string(),
      source: z.enum(['billing_address', 'ip_address', 'payment_method', 'shipping_destination']),
      state: z.string().nullable(),
    })
    .nullable(),
  provider: z.literal('stripe'),
}) satisfies z.ZodType<Wire<Stripe.Customer.Tax>>;
export type WireCustomerTax = z.output<typeof customerTax>;

/** `invoice_credit_balance`, by currency, shown only when expanded: credit is above zero. */
export const creditBalance = z.record(z.string(), minorUnits());

export const customerBalanceTransaction = z
  .strictObject({
    id: z.string(),
    object: z.literal('customer_balance_transaction'),
    amount: minorUnits(),
    checkout_session: z.null(),
    created: epoch(),
    credit_note: z.string().nullable(),
    currency: currency(),
    customer: z.string(),
    customer_account: z.null(),
    description: z.string().nullable(),
    ending_balance: minorUnits(),
    invoice: z.string().nullable(),
    livemode: z.boolean(),
    metadata: metadata(),
    type: z.enum([
      'adjustment',
      'applied_to_invoice',
      'credit_note',
      'initial',
      'invoice_overpaid',
      'invoice_too_small',
      'unapplied_from_invoice',
    ]),
  })
  .meta({ id: 'customer_balance_transaction' }) satisfies z.ZodType<Wire<Stripe.CustomerBalanceTransaction>>;
export type WireCustomerBalanceTransaction = z.output<typeof customerBalanceTransaction>;

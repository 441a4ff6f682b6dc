/** What objects show only when `expand` asks for it, by the names of `server/expansion/expandable.ts`; lists have the shape of one. */
import { z } from 'zod';
import { RULE_ACTIONS } from '../../domain/rows/radar';
import { cashBalance, creditBalance, customerTax } from './customer';
import { minorUnits } from './parts';
import { currencyOptions, tier } from './price';
import { breakdown } from './quote';

/** `applies_to` of a coupon: the products that it is good for. */
const appliesTo = z.strictObject({ products: z.array(z.string()) });

/** What a browser needs to let the payer confirm; null before the invoice has a payment intent. */
const confirmationSecret = z.strictObject({ client_secret: z.string(), type: z.literal('payment_intent') });

/** The rule that decided on a charge, as it was then. Until it is expanded, its id. */
const outcomeRule = z.union([z.string(), z.strictObject({ id: z.string(), action: z.enum(RULE_ACTIONS), predicate: z.string() })]);

export const INCLUDED = {
  'charge.outcome.rule': outcomeRule,
  'coupon.applies_to': appliesTo,
  'coupon.currency_options': z.record(z.string(), z.strictObject({ amount_off: minorUnits() })),
  'customer.cash_balance': cashBalance,
  'customer.invoice_credit_balance': creditBalance,
  'customer.tax': customerTax,
  'invoice.confirmation_secret': confirmationSecret.nullable(),
  'plan.tiers': z.array(tier),
  'price.currency_options': currencyOptions,
  'price.tiers': z.array(tier),
  'promotion_code.currency_options': z.record(z.string(), z.strictObject({ minimum_amount: minorUnits() })),
  'quote.computed.recurring.total_details.breakdown': breakdown,
  'quote.computed.upfront.total_details.breakdown': breakdown,
  'quote.total_details.breakdown': breakdown,
};

import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { creditScope, epoch, integer, metadata, monetary } from './parts';

export const creditGrant = z
  .strictObject({
    id: z.string(),
    object: z.literal('billing.credit_grant'),
    amount: monetary(),
    applicability_config: z.strictObject({
      scope: creditScope(),
    }),
    category: z.enum(['paid', 'promotional']),
    created: epoch(),
    customer: z.string(),
    customer_account: z.null(),
    effective_at: epoch(),
    expires_at: epoch().nullable(),
    livemode: z.boolean(),
    metadata: metadata(),
    name: z.string().nullable(),
    priority: integer(),
    test_clock: z.string().nullable(),
    updated: epoch(),
    voided_at: epoch().nullable(),
  })
  .meta({ id: 'billing.credit_grant' }) satisfies z.ZodType<Wire<Stripe.Billing.CreditGrant>>;
export type WireCreditGrant = z.output<typeof creditGrant>;

export const creditBalanceTransaction = z
  .strictObject({
    id: z.string(),
    object: z.literal('billing.credit_balance_transaction'),
    created: epoch(),
    credit: z
      .strictObject({
        amount: monetary(),
        credits_application_invoice_voided: z.strictObject({ invoice: z.string(), invoice_line_item: z.string() }).nullable(),
        type: z.enum(['credits_application_invoice_voided', 'credits_applied', 'credits_expired', 'credits_granted', 'credits_voided']),
      })
      .nullable(),
    credit_grant: z.string(),
    debit: z
      .strictObject({
        amount: monetary(),
        credits_applied: z.strictObject({ invoice: z.string(), invoice_line_item: z.string() }).nullable(),
        type: z.enum(['credits_application_invoice_voided', 'credits_applied', 'credits_expired', 'credits_granted', 'credits_voided']),
      })
      .nullable(),
    effective_at: epoch(),
    livemode: z.boolean(),
    test_clock: z.string().nullable(),
    type: z.enum(['credit', 'debit']),
  })
  .meta({ id: 'billing.credit_balance_transaction' }) satisfies z.ZodType<Wire<Stripe.Billing.CreditBalanceTransaction>>;
export type WireCreditBalanceTransaction = z.output<typeof creditBalanceTransaction>;

/** A customer's remaining credit, by currency: available now, and including credit that begins later. */
export const creditBalanceSummary = z
  .strictObject({
    object: z.literal('billing.credit_balance_summary'),
    balances: z.array(z.strictObject({ available_balance: monetary(), ledger_balance: monetary() })),
    customer: z.string(),
    customer_account: z.null(),
    livemode: z.boolean(),
  })
  .meta({ id: 'billing.credit_balance_summary' }) satisfies z.ZodType<Wire<Stripe.Billing.CreditBalanceSummary>>;

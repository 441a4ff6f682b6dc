/** The parts of Mollie's objects that Dunlin reads. Mollie's API has no version that is pinned: what is not needed may be missing, and a new word is known. */
import { z } from 'zod';

/** `currency` in upper case; `value` with as many decimals as the currency has. */
const amount = z.object({ currency: z.string(), value: z.string() });
export type Amount = z.infer<typeof amount>;

const text = () => z.string().optional().catch(undefined);

/** A status that is not known yet is none that ends a refund. */
const REFUND_STATUSES = ['queued', 'pending', 'processing', 'refunded', 'failed', 'canceled'] as const;
export const refundSchema = z.object({ id: z.string(), status: z.enum(REFUND_STATUSES).catch('pending'), metadata: z.unknown() });
export type Refund = z.infer<typeof refundSchema>;

const chargebackSchema = z.object({
  id: z.string(),
  amount,
  reason: z.object({ code: text() }).nullish(),
  /** When the bank gave the money back. */
  reversedAt: text(),
});
export type Chargeback = z.infer<typeof chargebackSchema>;

/** A status that is not known yet is none that ends a payment. */
const PAYMENT_STATUSES = ['open', 'pending', 'authorized', 'paid', 'canceled', 'expired', 'failed'] as const;
export const paymentSchema = z.object({
  id: z.string(),
  mode: z.enum(['live', 'test']),
  status: z.enum(PAYMENT_STATUSES).catch('pending'),
  method: text(),
  metadata: z.unknown(),
  /** The first two of a card; the others of a SEPA debit, with a reason code of ISO 20022. */
  details: z.object({ failureReason: text(), failureMessage: text(), bankReasonCode: text(), bankReason: text() }).nullish(),
  _embedded: z.object({ refunds: z.array(refundSchema).default([]), chargebacks: z.array(chargebackSchema).default([]) }).prefault({}),
});
export type Payment = z.infer<typeof paymentSchema>;

export const mandateSchema = z.object({
  id: z.string(),
  /** One that is not known yet charges nothing. */
  status: z.enum(['valid', 'pending', 'invalid']).catch('invalid'),
  method: z.string(),
  details: z
    .object({
      ...{ cardHolder: text(), cardNumber: text(), cardLabel: text(), cardFingerprint: text() },
      /** `2031-12-31` */
      cardExpiryDate: text(),
      consumerName: text(),
      /** The IBAN. */
      consumerAccount: text(),
    })
    .prefault({}),
});
export type Mandate = z.infer<typeof mandateSchema>;

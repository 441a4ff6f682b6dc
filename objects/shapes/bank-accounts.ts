/** Bank accounts, under the names of their types: as a payment method, and as a charge debited them. */
import { z } from 'zod';
import { METHOD_TYPES } from '../../domain/rows/payment-method';

const text = () => z.string().nullable();

const canadian = { bank_name: text(), fingerprint: z.string(), institution_number: text(), last4: z.string(), transit_number: text() };
const australian = { bsb_number: text(), fingerprint: z.string(), last4: z.string() };
const british = { fingerprint: z.string(), last4: z.string(), sort_code: text() };
const european = { bank_code: text(), branch_code: text(), country: z.string(), fingerprint: z.string(), last4: z.string() };
const american = {
  account_holder_type: z.enum(['company', 'individual']).nullable(),
  account_type: z.enum(['checking', 'savings']).nullable(),
  bank_name: text(),
  fingerprint: z.string(),
  last4: z.string(),
  routing_number: text(),
};

export const bankAccounts = () => ({
  acss_debit: z.strictObject(canadian).optional(),
  au_becs_debit: z.strictObject(australian).optional(),
  bacs_debit: z.strictObject(british).optional(),
  sepa_debit: z.strictObject({ ...european, generated_from: z.null() }).optional(),
  us_bank_account: z
    .strictObject({
      ...american,
      financial_connections_account: z.null(),
      networks: z.strictObject({ preferred: z.literal('ach'), supported: z.array(z.literal('ach')) }),
      status_details: z.null(),
    })
    .optional(),
});

export const debits = () => ({
  acss_debit: z.strictObject({ ...canadian, mandate: z.string().optional() }).optional(),
  au_becs_debit: z.strictObject({ ...australian, mandate: z.string().optional() }).optional(),
  bacs_debit: z.strictObject({ ...british, mandate: text() }).optional(),
  sepa_debit: z.strictObject({ ...european, mandate: text() }).optional(),
  us_bank_account: z.strictObject({ ...american, mandate: z.string().optional(), payment_reference: z.null() }).optional(),
});

export const methodType = () => z.enum(METHOD_TYPES);

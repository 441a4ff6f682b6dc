/** Ways to pay of which Dunlin knows no card and no account, under the names of their types: as a payment method, and as it was charged. */
import { z } from 'zod';

const nothing = () => z.strictObject({}).optional();
const unknown = () => z.null();

export const redirects = () => ({
  bancontact: nothing(),
  boleto: z.strictObject({ tax_id: z.string() }).optional(),
  eps: z.strictObject({ bank: unknown() }).optional(),
  ideal: z.strictObject({ bank: unknown(), bic: unknown() }).optional(),
  klarna: nothing(),
  konbini: nothing(),
  link: z.strictObject({ email: z.string().nullable() }).optional(),
  multibanco: nothing(),
  oxxo: nothing(),
  p24: z.strictObject({ bank: unknown() }).optional(),
  twint: nothing(),
});

const generated = { generated_sepa_debit: unknown(), generated_sepa_debit_mandate: unknown(), iban_last4: unknown() };

export const redirected = () => ({
  bancontact: z
    .strictObject({
      ...{ bank_code: unknown(), bank_name: unknown(), bic: unknown(), ...generated },
      ...{ preferred_language: unknown(), verified_name: z.string().nullable() },
    })
    .optional(),
  boleto: z.strictObject({ tax_id: z.string() }).optional(),
  eps: z.strictObject({ bank: unknown(), verified_name: z.string().nullable() }).optional(),
  ideal: z
    .strictObject({
      ...{ bank: unknown(), bic: unknown(), ...generated },
      ...{ transaction_id: z.string().nullable(), verified_name: z.string().nullable() },
    })
    .optional(),
  klarna: z
    .strictObject({ payer_details: unknown(), payment_method_category: z.string().nullable(), preferred_locale: unknown() })
    .optional(),
  konbini: z.strictObject({ store: unknown() }).optional(),
  link: z.strictObject({ country: unknown() }).optional(),
  multibanco: z.strictObject({ entity: z.string().nullable(), reference: z.string().nullable() }).optional(),
  oxxo: z.strictObject({ number: z.string().nullable() }).optional(),
  p24: z.strictObject({ bank: unknown(), reference: z.string().nullable(), verified_name: z.string().nullable() }).optional(),
  twint: nothing(),
});

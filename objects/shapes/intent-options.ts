/** What bank accounts and vouchers are asked for, by the names of their types. */
import { z } from 'zod';
import { epoch, integer } from './parts';

const days = () => z.strictObject({ expires_after_days: integer() }).optional();

const verificationMethod = () => z.enum(['automatic', 'instant', 'microdeposits']);
const verification = () => z.strictObject({ verification_method: verificationMethod() }).optional();
const mandate = () => z.strictObject({ mandate_options: z.strictObject({ reference_prefix: z.string() }).optional() }).optional();

const canadian = () =>
  z.strictObject({
    currency: z.enum(['cad', 'usd']).optional(),
    mandate_options: z
      .strictObject({
        interval_description: z.string().nullable(),
        payment_schedule: z.enum(['combined', 'interval', 'sporadic']).nullable(),
        transaction_type: z.enum(['business', 'personal']).nullable(),
      })
      .optional(),
    verification_method: verificationMethod(),
  });

export const methodOptions = {
  acss_debit: canadian().optional(),
  bacs_debit: mandate(),
  boleto: days(),
  konbini: z
    .strictObject({
      confirmation_number: z.string().nullable(),
      expires_after_days: integer().nullable(),
      expires_at: epoch().nullable(),
      product_description: z.string().nullable(),
    })
    .optional(),
  multibanco: z.strictObject({}).optional(),
  oxxo: days(),
  sepa_debit: mandate(),
  us_bank_account: verification(),
};
/** Of a setup intent, which always says in which currency the account pays, or that nobody has said it. */
export const setupOptions = {
  ...methodOptions,
  acss_debit: canadian()
    .extend({ currency: z.enum(['cad', 'usd']).nullable() })
    .optional(),
};
export type WireOptions = z.output<z.ZodObject<typeof methodOptions>>;

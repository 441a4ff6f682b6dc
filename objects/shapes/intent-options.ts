/** What bank accounts and vouchers are asked for, by the names of their types. */
import { z } from 'zod';
import { epoch, integer } from './parts';

const days = () => z.strictObject({ expires_after_days: integer() }).optional();

const verification = () => z.strictObject({ verification_method: z.enum(['automatic', 'instant', 'microdeposits']) }).optional();
const mandate = () => z.strictObject({ mandate_options: z.strictObject({ reference_prefix: z.string() }).optional() }).optional();

export const methodOptions = {
  acss_debit: verification(),
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
export type WireOptions = z.output<z.ZodObject<typeof methodOptions>>;

/** What vouchers are asked for, by the names of their types. */
import { z } from 'zod';
import { epoch, integer } from './parts';

const days = () => z.strictObject({ expires_after_days: integer() }).optional();

export const voucherOptions = {
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
};
export type WireVoucherOptions = z.output<z.ZodObject<typeof voucherOptions>>;

/** The parts of a card that payment methods and charges share. */
import { z } from 'zod';
import { address } from './parts';

const check = () => z.enum(['fail', 'pass', 'unavailable', 'unchecked']).nullable();

/** The issuer's checks of the address and the security code. */
export const cardChecks = () => z.strictObject({ address_line1_check: check(), address_postal_code_check: check(), cvc_check: check() });

export const funding = () => z.enum(['credit', 'debit', 'prepaid', 'unknown']);

/** The cardholder. */
export const billingDetails = () =>
  z.strictObject({
    address: address(),
    email: z.string().nullable(),
    name: z.string().nullable(),
    phone: z.string().nullable(),
    tax_id: z.string().nullable(),
  });

/** How a payment by card is to be made. */
export const paymentMethodOptions = () =>
  z.strictObject({
    card: z.strictObject({
      installments: z.null().optional(),
      mandate_options: z.null(),
      network: z.null(),
      request_three_d_secure: z.enum(['any', 'automatic', 'challenge']),
    }),
  });

/** The parts of a card that payment methods and charges share. */
import { z } from 'zod';
import { address } from './parts';

/** The issuer's answer to one check; null if there was nothing to check. */
export const check = () => z.enum(['fail', 'pass', 'unavailable', 'unchecked']).nullable();

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

/** When an intent asks for 3-D Secure. */
export const requestThreeDSecure = () => z.enum(['any', 'automatic', 'challenge']);

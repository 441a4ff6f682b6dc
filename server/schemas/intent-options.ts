import type { IntentOptions } from '../../domain/rows/payment-intent';
import { BillingError } from '../../domain/core/errors';
import { integer, name, object, oneOf, timestamp } from '../http/parameters';

/** As at Stripe. A voucher keeps its invoice from being paid in another way for as long. */
const KONBINI_DAYS_MAX = 60;

const konbini = () =>
  object({
    confirmation_number: name({ max: 11 })
      .regex(/^(?!0+$)\d{10,11}$/, 'Invalid confirmation_number: must be 10 or 11 digits, and not only zeros')
      .optional(),
    expires_after_days: integer({ min: 1, max: KONBINI_DAYS_MAX }).optional(),
    expires_at: timestamp().optional(),
    product_description: name({ max: 22 }).optional(),
  });

const verification = () => object({ verification_method: oneOf(['automatic', 'instant', 'microdeposits']).optional() });

const PREFIX = /^(?!STRIPE|DDIC)[A-Z0-9 /_&.-]+$/;

const mandate = () =>
  object({
    mandate_options: object({
      reference_prefix: name({ max: 12 })
        .regex(
          PREFIX,
          "Invalid reference_prefix: must be capital letters, digits, spaces and / _ - & . and cannot begin with 'STRIPE' or 'DDIC'",
        )
        .optional(),
    }).optional(),
  });

const canadian = () =>
  verification().extend({
    mandate_options: object({
      interval_description: name({ max: 500 }).optional(),
      payment_schedule: oneOf(['combined', 'interval', 'sporadic']).optional(),
      transaction_type: oneOf(['business', 'personal']).optional(),
    })
      .refine(({ interval_description: description, payment_schedule: schedule = 'sporadic' }) => schedule === 'sporadic' || description, {
        path: ['interval_description'],
      })
      .optional(),
  });

const options = {
  acss_debit: canadian().optional(),
  bacs_debit: mandate().optional(),
  boleto: object({ expires_after_days: integer({ min: 0, max: 60 }).optional() }).optional(),
  konbini: konbini().optional(),
  oxxo: object({ expires_after_days: integer({ min: 1, max: 7 }).optional() }).optional(),
  sepa_debit: mandate().optional(),
  us_bank_account: verification().optional(),
};

const secure = { request_three_d_secure: oneOf(['any', 'automatic', 'challenge']).optional() };

const charged = { ...secure, request_multicapture: oneOf(['if_available', 'never']).optional() };

/** A Canadian account that is set up has a currency. */
const setUp = () =>
  canadian()
    .extend({ currency: oneOf(['cad', 'usd']).optional() })
    .optional();

/** `payment_method_options` of setup intents: what each type is asked for. */
export const paymentMethodOptions = () => object({ ...options, acss_debit: setUp(), card: object(secure).optional() });

/** The same of payment intents. */
export const paymentOptions = () => object({ ...options, card: object(charged).optional() });

/** The same of checkout sessions, which pay or set up. */
export const sessionOptions = () => object({ ...options, acss_debit: setUp(), card: object(charged).optional() });

/** Parts of the mandate of a Canadian account that Dunlin does not have. */
export const UNSUPPORTED_OPTIONS: readonly string[] = [
  'payment_method_options[acss_debit][mandate_options][custom_mandate_url]',
  'payment_method_options[acss_debit][mandate_options][default_for]',
];

const DAY = 86_400;

/** @throws BillingError parameter_invalid if a voucher would have expired, or in more than sixty days, parameters_exclusive if its end is named twice */
export function refuseWrongEnd(options: IntentOptions | undefined, now: number): void {
  const { expires_after_days: days, expires_at: end } = options?.konbini ?? {};
  if (end === undefined || end === null) return;
  const param = 'payment_method_options[konbini][expires_at]';
  if (days !== undefined) {
    throw new BillingError('parameters_exclusive', 'You may only specify one of these parameters: expires_after_days, expires_at.', {
      param,
    });
  }
  if (end <= now || end > now + KONBINI_DAYS_MAX * DAY) {
    const message = `The \`expires_at\` timestamp must be in the future, and at most ${KONBINI_DAYS_MAX} days from now.`;
    throw new BillingError('parameter_invalid', message, { param });
  }
}

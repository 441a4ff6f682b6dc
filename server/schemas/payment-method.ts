import { omitUndefined } from '../../domain/core/omit-undefined';
import { METHOD_TYPES } from '../../domain/rows/payment-method';
import { NO_ADDRESS } from '../../domain/rows/resource';
import { address, emptyable, id, integer, metadata, name, object, oneOf } from '../http/parameters';
import { email } from '../http/text-parameters';

export const billingDetails = () =>
  object({
    address: emptyable(address()).optional(),
    email: emptyable(email()).optional(),
    name: emptyable(name()).optional(),
    phone: emptyable(name({ max: 20 })).optional(),
    tax_id: emptyable(name({ max: 100 })).optional(),
  });

export const allowRedisplay = () => oneOf(['always', 'limited', 'unspecified']);

const cardData = () =>
  object({
    number: name({ max: 30 }).optional(),
    exp_month: integer().optional(),
    exp_year: integer().optional(),
    cvc: name({ max: 10 }).optional(),
    token: id().optional(),
  });

const number = () => name({ max: 40 }).optional();

const bankAccounts = {
  acss_debit: object({ account_number: number(), institution_number: number(), transit_number: number() }).optional(),
  au_becs_debit: object({ account_number: number(), bsb_number: number() }).optional(),
  bacs_debit: object({ account_number: number(), sort_code: number() }).optional(),
  sepa_debit: object({ iban: number() }).optional(),
  us_bank_account: object({
    account_holder_type: oneOf(['company', 'individual']).optional(),
    account_number: number(),
    account_type: oneOf(['checking', 'savings']).optional(),
    routing_number: number(),
  }).optional(),
};

export const methodType = () => oneOf(METHOD_TYPES);

/** As people write them, with points and strokes or without. */
const TAX_ID = /^(?:\d{3}\.?\d{3}\.?\d{3}-?\d{2}|\d{2}\.?\d{3}\.?\d{3}\/?\d{4}-?\d{2})$/;

/** Nothing is asked of the payer: their bank or wallet does. */
const nothing = () => object({}).optional();
const once = {
  boleto: object({ tax_id: name({ max: 20 }).regex(TAX_ID, 'Invalid tax_id: must be a CPF of 11 or a CNPJ of 14 digits') }).optional(),
  konbini: nothing(),
  link: nothing(),
  multibanco: nothing(),
  oxxo: nothing(),
  bancontact: nothing(),
  eps: nothing(),
  ideal: nothing(),
  klarna: nothing(),
  p24: nothing(),
  twint: nothing(),
};

/** The parameters of a new payment method, by itself or within an intent. Types that no gateway has are rejected by name. */
export const paymentMethodData = {
  type: methodType(),
  ...bankAccounts,
  ...once,
  allow_redisplay: allowRedisplay().optional(),
  billing_details: billingDetails().optional(),
  card: cardData().optional(),
  metadata: metadata().optional(),
};

interface GivenBilling {
  address?: Record<'city' | 'country' | 'line1' | 'line2' | 'postal_code' | 'state', string | null> | null | undefined;
  email?: string | null | undefined;
  name?: string | null | undefined;
  phone?: string | null | undefined;
  tax_id?: string | null | undefined;
}

/** Only the sent parameters. A removed address becomes one of nulls, as Stripe shows it. */
export function toBillingDetails(details: GivenBilling | undefined) {
  if (!details) return undefined;
  const { address: where, ...rest } = details;
  return where === undefined ? omitUndefined(rest) : { ...omitUndefined(rest), address: where ?? NO_ADDRESS };
}

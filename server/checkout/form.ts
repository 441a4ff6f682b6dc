/** The form of the checkout page as the browser sends it. */
import type { Confirmation } from '../../domain/checkout/attempt';
import type { CheckoutCustomerDetails } from '../../domain/rows/checkout-session';
import type { ApiRequest } from '../http/request';
import { cardOf } from '../sandbox/new-card';

export interface CheckoutForm {
  /** The attempts that the page knew of. */
  attempt: number;
  /** The entries, to recognize a repeated submission. */
  raw: Record<string, string>;
  confirmation: (request: ApiRequest<unknown>) => Promise<Confirmation>;
}

const LONGEST = 500;

export function readForm(body: Record<string, unknown>): CheckoutForm {
  const raw: Record<string, string> = {};
  for (const [name, value] of Object.entries(body)) if (typeof value === 'string') raw[name] = value.trim().slice(0, LONGEST);
  const attempt = Number(raw['attempt'] ?? 0);
  return {
    attempt: Number.isSafeInteger(attempt) ? attempt : 0,
    raw,
    confirmation: async (request) => ({
      method: await methodOf(request, raw),
      details: detailsOf(raw),
      expectedAmount: raw['amount'] === undefined ? null : Number(raw['amount']),
      attempt,
    }),
  };
}

async function methodOf(request: ApiRequest<unknown>, raw: Record<string, string>): Promise<Confirmation['method']> {
  if (raw['number'] === undefined) return null;
  const { address, email = null, name = null } = detailsOf(raw);
  return { made: await cardOf(request, { card: cardFields(raw), billing_details: { ...(address ? { address } : {}), email, name } }) };
}

function cardFields({ number = '', expiry = '', cvc = '' }: Record<string, string>) {
  const [month = '', year = ''] = expiry.split(/\s*[/-]\s*/);
  return {
    number: number.replace(/[\s-]/g, ''),
    exp_month: Number(month),
    exp_year: Number(year.length === 2 ? `20${year}` : year),
    cvc,
  };
}

/** Only what the page has asked for. */
function detailsOf(raw: Record<string, string>): Partial<CheckoutCustomerDetails> {
  const entered = (name: string) => (raw[name] === undefined || raw[name] === '' ? null : raw[name]);
  return {
    ...(entered('email') === null ? {} : { email: entered('email') }),
    ...(entered('name') === null ? {} : { name: entered('name') }),
    ...(entered('country') === null ? {} : { address: addressOf(entered) }),
  };
}

function addressOf(entered: (name: string) => string | null) {
  return {
    city: entered('city'),
    country: entered('country')?.toUpperCase() ?? null,
    line1: entered('line1'),
    line2: entered('line2'),
    postal_code: entered('postal_code'),
    state: entered('state'),
  };
}

/** The forms of the checkout page as the browser sends them. */
import type { Confirmation } from '../../domain/checkout/attempt';
import type { NewPaymentMethod } from '../../domain/customer/payment-methods';
import type { CheckoutCustomerDetails } from '../../domain/rows/checkout-session';
import type { ApiRequest } from '../http/request';
import { cardOf } from '../sandbox/new-card';

/** What a browser has sent: the entries, trimmed. */
export type Entries = Readonly<Record<string, string>>;

const LONGEST = 500;

export function readEntries(body: Record<string, unknown>): Entries {
  const entries: Record<string, string> = {};
  for (const [name, value] of Object.entries(body)) if (typeof value === 'string') entries[name] = value.trim().slice(0, LONGEST);
  return entries;
}

/** The attempts that the page knew of. */
export function attemptOf({ attempt = '' }: Entries): number {
  return /^\d{1,6}$/.test(attempt) ? Number(attempt) : 0;
}

export async function confirmationOf(request: ApiRequest<unknown>, entries: Entries): Promise<Confirmation> {
  const { amount } = entries;
  return {
    method: await methodOf(request, entries),
    details: detailsOf(entries),
    consents: { withdrawal: entries['withdrawal_consent'] === 'yes', renewal: entries['renewal_consent'] === 'yes' },
    expectedAmount: amount === undefined || !/^\d{1,12}$/.test(amount) ? null : Number(amount),
    attempt: attemptOf(entries),
  };
}

async function methodOf(request: ApiRequest<unknown>, entries: Entries): Promise<Confirmation['method']> {
  return entries['number'] === undefined ? null : { made: await enteredCard(request, entries) };
}

/** @throws BillingError as `cardOf` does */
export async function enteredCard(request: ApiRequest<unknown>, entries: Entries): Promise<NewPaymentMethod> {
  const { address, email = null, name = null } = detailsOf(entries);
  return cardOf(request, { card: cardFields(entries), billing_details: { ...(address ? { address } : {}), email, name } });
}

function cardFields({ number = '', expiry = '', cvc = '' }: Entries) {
  const [month = '', year = ''] = expiry.split(/\s*[/-]\s*/);
  return {
    number: number.replace(/[\s-]/g, ''),
    exp_month: Number(month),
    exp_year: Number(year.length === 2 ? `20${year}` : year),
    cvc,
  };
}

/** Only what the page has asked for. */
export function detailsOf(entries: Entries): Partial<CheckoutCustomerDetails> {
  const entered = (name: string) => (entries[name] === undefined || entries[name] === '' ? null : entries[name]);
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

/** The quantities of lines, by their ids. */
export function quantitiesOf(entries: Entries): Record<string, number> {
  const prefix = 'quantity_';
  const sent = Object.entries(entries).filter(([name, value]) => name.startsWith(prefix) && /^\d{1,6}$/.test(value));
  return Object.fromEntries(sent.map(([name, value]) => [name.slice(prefix.length), Number(value)]));
}

/** What a call's parameters name at any depth: amounts, and prices and items that have one. */
import type { Json } from './calls';

export interface Amount {
  amount: number;
  /** In lower case; empty if nothing says which. */
  currency: string;
}

export type Named =
  | ({ kind: 'amount' } & Amount)
  | { kind: 'price'; id: string; quantity: number }
  /** Empty currency: nothing says which of the rate's. */
  | { kind: 'shippingRate'; id: string; currency: string }
  /** An item of a subscription. Null: as it is. */
  | { kind: 'item'; id: string; price: string | null; quantity: number | null };

const AMOUNTS: readonly string[] = [
  ...['amount', 'amount_off', 'amount_to_capture', 'balance', 'credit_amount', 'out_of_band_amount', 'refund_amount'],
  ...['unit_amount', 'unit_amount_decimal', 'value'],
];

/** Texts of the seller's own, which bill nothing. */
const TEXTS: readonly string[] = ['custom_fields', 'metadata'];

interface Around {
  times: number;
  currency: string;
}

export const namedIn = (parameters: Json, currency: unknown): Named[] => [
  ...walk(parameters, { times: 1, currency: currencyOf(currency, '') }),
];

function* walk(value: unknown, around: Around): Generator<Named> {
  if (Array.isArray(value)) for (const each of value as unknown[]) yield* walk(each, around);
  else if (typeof value === 'object' && value !== null) yield* inObject(value as Json, around);
}

function* inObject(object: Json, around: Around): Generator<Named> {
  if (isYes(object['deleted'])) return;
  const currency = currencyOf(object['currency'], around.currency);
  const times = around.times * Math.max(1, integerOf(object['quantity'] ?? 1));
  yield* concerned(object, { times, currency });
  for (const [name, each] of Object.entries(object)) {
    if (TEXTS.includes(name)) continue;
    if (name === 'currency_options') yield* byCurrency(each, times);
    else if (!AMOUNTS.includes(name) || typeof each === 'object') yield* walk(each, { times, currency });
    else yield { kind: 'amount', amount: Math.abs(integerOf(each)) * times, currency };
  }
}

function* concerned({ id, price, plan, quantity, shipping_rate: rate }: Json, { times, currency }: Around): Generator<Named> {
  if (typeof rate === 'string' && rate !== '') yield { kind: 'shippingRate', id: rate, currency };
  const named = [price, plan].find((each): each is string => typeof each === 'string' && each !== '') ?? null;
  if (typeof id === 'string' && id.startsWith('si_')) {
    yield { kind: 'item', id, price: named, quantity: quantity === undefined ? null : integerOf(quantity) };
  } else if (named !== null) yield { kind: 'price', id: named, quantity: times };
}

function* byCurrency(options: unknown, times: number): Generator<Named> {
  if (typeof options !== 'object' || options === null) return;
  for (const [currency, each] of Object.entries(options)) yield* walk(each, { times, currency: currencyOf(currency, '') });
}

const currencyOf = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value.toLowerCase() : otherwise;

/** As forms and JSON say it: whatever `boolean` of the API reads as true. */
export const isYes = (value: unknown): boolean => ['true', '1'].includes(String(value));

/** Rounded up; what is no number counts as more than every limit, so that nobody hides an amount. */
export function integerOf(value: unknown): number {
  if (value === undefined || value === null || value === '') return 0;
  const number = Math.ceil(Number(value));
  return Number.isFinite(number) ? number : Number.MAX_SAFE_INTEGER;
}

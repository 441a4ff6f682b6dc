/** How much money a call would move or bill. What counts is known before anything is done. */
import { askApi, operationOf, type Answered, type ApiCall, type Desk, type Json } from './calls';
import { callOf } from './catalog';
import { previewOf } from './previews';

export interface Amount {
  amount: number;
  currency: string;
}

/** Calls that concern an object whose own amount counts, and which of its properties has it. */
const OF_OBJECT: Readonly<Record<string, { read: string; name: string; of: readonly string[] }>> = {
  'POST /v1/invoices/:invoice/finalize': { read: 'GET /v1/invoices/:invoice', name: 'invoice', of: ['amount_due'] },
  'POST /v1/invoices/:invoice/pay': { read: 'GET /v1/invoices/:invoice', name: 'invoice', of: ['amount_remaining'] },
  'POST /v1/invoices/:invoice/send': { read: 'GET /v1/invoices/:invoice', name: 'invoice', of: ['amount_remaining'] },
  'POST /v1/invoices/:invoice/void': { read: 'GET /v1/invoices/:invoice', name: 'invoice', of: ['amount_remaining'] },
  'POST /v1/invoices/:invoice/mark_uncollectible': { read: 'GET /v1/invoices/:invoice', name: 'invoice', of: ['amount_remaining'] },
  'POST /v1/payment_intents/:payment_intent/confirm': {
    read: 'GET /v1/payment_intents/:payment_intent',
    name: 'payment_intent',
    of: ['amount'],
  },
  'POST /v1/payment_intents/:payment_intent/capture': {
    read: 'GET /v1/payment_intents/:payment_intent',
    name: 'payment_intent',
    of: ['amount_capturable'],
  },
  'POST /v1/quotes/:quote/accept': { read: 'GET /v1/quotes/:quote', name: 'quote', of: ['amount_total'] },
};

/** A read by the server itself, which the key need not be allowed. */
async function look(desk: Desk, call: string, path: Record<string, string>, parameters: Json = {}): Promise<Answered> {
  const caller = { ...desk.caller, permissions: { scopes: null } };
  return askApi({ ...desk, caller }, { operation: operationOf(desk, call), path, parameters }, null);
}

/**
 * Null: nothing, or nothing that is known, because the call will be refused.
 *
 * An amount that the call names counts as it stands there; otherwise that of the object, or of the preview.
 */
export async function amountOf(desk: Desk, call: ApiCall): Promise<Amount | null> {
  const { parameters, path, operation } = call;
  const name = callOf(operation);
  const object = OF_OBJECT[name];
  if (object !== undefined) {
    const { body } = await look(desk, object.read, { [object.name]: path[object.name] ?? '' });
    return largest([named(parameters, body), inObject(body, object.of)]);
  }
  if (name === 'POST /v1/refunds') return refunded(desk, parameters);
  const preview = previewOf(name);
  if (preview !== null) return previewed(desk, call, preview);
  return named(parameters, parameters);
}

async function refunded(desk: Desk, parameters: Json): Promise<Amount | null> {
  const { charge, payment_intent: intent } = parameters;
  const id = typeof charge === 'string' ? charge : await latestCharge(desk, intent);
  if (id === null) return null;
  const { status, body } = await look(desk, 'GET /v1/charges/:charge', { charge: id });
  if (status !== 200) return null;
  const left = integer(body['amount']) - integer(body['amount_refunded']);
  return { amount: parameters['amount'] === undefined ? left : integer(parameters['amount']), currency: String(body['currency']) };
}

async function latestCharge(desk: Desk, intent: unknown): Promise<string | null> {
  if (typeof intent !== 'string') return null;
  const { body } = await look(desk, 'GET /v1/payment_intents/:payment_intent', { payment_intent: intent });
  return typeof body['latest_charge'] === 'string' ? body['latest_charge'] : null;
}

async function previewed(desk: Desk, { parameters, path }: ApiCall, of: NonNullable<ReturnType<typeof previewOf>>): Promise<Amount | null> {
  const { status, body } = await look(desk, of.call, {}, of.parametersOf(parameters, path));
  return status === 200 ? inObject(body, ['total', 'amount_due', 'amount']) : null;
}

/** The largest of the object's own amounts, whichever way the money goes. */
function inObject(body: Json, names: readonly string[]): Amount | null {
  const { currency } = body;
  if (typeof currency !== 'string') return null;
  return { amount: Math.max(0, ...names.map((name) => Math.abs(integer(body[name])))), currency };
}

/** Amounts that the parameters name at any depth, added up, in the currency that they or the object name. */
function named(parameters: Json, from: Json): Amount | null {
  const amounts = amountsIn(parameters);
  const currency = parameters['currency'] ?? from['currency'];
  if (amounts.length === 0) return null;
  return { amount: amounts.reduce((sum, each) => sum + each, 0), currency: typeof currency === 'string' ? currency.toLowerCase() : '' };
}

const AMOUNTS: readonly string[] = [
  ...[
    'amount',
    'amount_off',
    'amount_to_capture',
    'credit_amount',
    'out_of_band_amount',
    'refund_amount',
    'unit_amount',
    'unit_amount_decimal',
  ],
  'value',
];

function* numbersIn(value: unknown, times: number): Generator<number> {
  if (Array.isArray(value)) for (const each of value) yield* numbersIn(each, times);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const object = value as Json;
  const factor = times * Math.max(1, integer(object['quantity'] ?? 1));
  for (const [name, each] of Object.entries(object)) {
    if (AMOUNTS.includes(name) && typeof each !== 'object') yield Math.abs(integer(each)) * factor;
    else yield* numbersIn(each, factor);
  }
}

const amountsIn = (parameters: Json): number[] => [...numbersIn(parameters, 1)];

/** Rounded up; what is no number counts as more than every limit, so that nobody hides an amount. */
function integer(value: unknown): number {
  if (value === undefined || value === null || value === '') return 0;
  const number = Math.ceil(Number(value));
  return Number.isFinite(number) ? number : Number.MAX_SAFE_INTEGER;
}

function largest(amounts: readonly (Amount | null)[]): Amount | null {
  return amounts.reduce((most, each) => (each !== null && (most === null || each.amount > most.amount) ? each : most), null);
}

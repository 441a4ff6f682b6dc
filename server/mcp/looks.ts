/** Reads by the server itself, which the key need not be allowed: what the objects that a call concerns are worth. */
import { askApi, operationOf, type Answered, type Desk, type Json } from './calls';
import { integerOf, type Amount, type Named } from './named';

export async function look(desk: Desk, call: string, path: Readonly<Record<string, string>>, parameters: Json = {}): Promise<Answered> {
  const caller = { ...desk.caller, permissions: { scopes: null } };
  return askApi({ ...desk, caller }, { operation: operationOf(desk, call), path, parameters }, null);
}

/** Null: there is no such object, so the call will be refused. */
export async function find(desk: Desk, call: string, path: Readonly<Record<string, string>>, parameters: Json = {}): Promise<Json | null> {
  const { status, body } = await look(desk, call, path, parameters);
  return status === 200 ? body : null;
}

export async function worthOf(desk: Desk, named: Named): Promise<Amount | null> {
  if (named.kind === 'amount') return named;
  if (named.kind === 'price') return priced(desk, named.id, named.quantity);
  const item = await find(desk, 'GET /v1/subscription_items/:item', { item: named.id });
  if (item === null) return null;
  const price = named.price ?? String((item['price'] as Json | null)?.['id']);
  return priced(desk, price, named.quantity ?? integerOf(item['quantity']));
}

/** One period of a price. Tiers count as if each unit were in the dearest one; usage is not known before. */
async function priced(desk: Desk, id: string, quantity: number): Promise<Amount | null> {
  const price = await find(desk, 'GET /v1/prices/:price', { price: id }, { expand: ['tiers'] });
  if (price === null) return null;
  const steps = Array.isArray(price['tiers']) ? (price['tiers'] as Json[]) : [price];
  const unit = Math.max(...steps.map((step) => Number(step['unit_amount_decimal'] ?? step['unit_amount'] ?? 0)));
  const flat = steps.reduce((sum, step) => sum + integerOf(step['flat_amount_decimal'] ?? step['flat_amount']), 0);
  return { amount: Math.ceil(unit * Math.max(1, quantity)) + flat, currency: String(price['currency']) };
}

const PAGE = 100;

/** What waits for a customer's next invoice. Null: more than can be looked at. */
export async function pendingOf(desk: Desk, customer: unknown): Promise<Amount[] | null> {
  if (typeof customer !== 'string' || customer === '') return [];
  const items = await find(desk, 'GET /v1/invoiceitems', {}, { customer, pending: true, limit: PAGE });
  if (items === null) return [];
  if (items['has_more'] === true) return null;
  return (items['data'] as Json[]).map(({ amount, currency }) => ({ amount: integerOf(amount), currency: String(currency) }));
}

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

/** Empty: there is no such object. */
export async function worthOf(desk: Desk, named: Named): Promise<readonly Amount[]> {
  if (named.kind === 'shippingRate') return shipped(desk, named);
  const amount = named.kind === 'amount' ? named : await pricedAs(desk, named);
  return amount === null ? [] : [amount];
}

/** In the currency of what is shipped; in each that the rate has, if nothing says which. */
async function shipped(desk: Desk, { id, currency }: Named & { kind: 'shippingRate' }): Promise<Amount[]> {
  const expand = ['fixed_amount.currency_options'];
  const rate = await find(desk, 'GET /v1/shipping_rates/:shipping_rate', { shipping_rate: id }, { expand });
  if (rate === null) return [];
  const { currency_options: options } = rate['fixed_amount'] as { currency_options: Record<string, Json> };
  const all = Object.entries(options).map(([name, { amount }]) => ({ amount: integerOf(amount), currency: name }));
  const own = all.filter((each) => each.currency === currency);
  return own.length > 0 ? own : all;
}

async function pricedAs(desk: Desk, named: Named & { kind: 'item' | 'price' }): Promise<Amount | null> {
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

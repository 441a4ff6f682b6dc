/** What a field offers to choose from: the seller's own objects, by their names. */
import type { Choice } from '../../web/console/model';
import { ask, listed, mayCall, type Desk, type Json } from './ask';
import { cellAt } from './cells';
import { clocksOf } from './clocks';
import type { OfferName } from './section';

interface Offer {
  list: string;
  /** What an object is called by: the paths of its names, all that it has. */
  names: readonly string[];
  /** There are few, so that one is chosen instead of typed. */
  areFew?: true;
}

export const OFFERS: Readonly<Record<OfferName, Offer>> = {
  charge: { list: '/v1/charges', names: ['customer', 'amount'] },
  customer: { list: '/v1/customers', names: ['name', 'email'] },
  invoice: { list: '/v1/invoices', names: ['number', 'total'] },
  meter: { list: '/v1/billing/meters', names: ['display_name'], areFew: true },
  price: { list: '/v1/prices', names: ['nickname', 'unit_amount', 'recurring.interval'] },
  product: { list: '/v1/products', names: ['name'] },
  repair: { list: '/v1/repairs', names: ['description', 'created'] },
  subscription: { list: '/v1/subscriptions', names: ['customer', 'status'] },
  tax_rate: { list: '/v1/tax_rates', names: ['display_name', 'country', 'percentage'] },
  test_clock: { list: '/v1/test_helpers/test_clocks', names: ['name'], areFew: true },
  webhook_endpoint: { list: '/v1/webhook_endpoints', names: ['url'] },
};

export type Offered = ReadonlyMap<OfferName, readonly Choice[]>;
export const NOTHING_OFFERED: Offered = new Map();

/** The newest of each kind. */
const MOST = 100;

export const isOffered = (name: string): name is OfferName => Object.hasOwn(OFFERS, name);
export const areFew = (name: OfferName): boolean => OFFERS[name].areFew === true;

/** What the fields offer, each kind asked for once. A visitor who may not see them types an id. */
export async function offeredIn(desk: Desk, names: readonly (string | undefined)[]): Promise<Offered> {
  const kinds = [...new Set(names)].filter((name) => name !== undefined).filter(isOffered);
  return new Map(await Promise.all(kinds.map(async (kind) => [kind, await choicesOf(desk, kind)] as const)));
}

async function choicesOf(desk: Desk, kind: OfferName): Promise<Choice[]> {
  const { list, names } = OFFERS[kind];
  const call = `GET ${list}`;
  if (!mayCall(desk, call)) return [];
  // A list of customers or subscriptions is of those on no clock, or of one.
  const clocks = kind === 'customer' || kind === 'subscription' ? await clocksOf(desk) : [];
  const asked = [{}, ...clocks.map(({ id }) => ({ test_clock: id }))];
  const answers = await Promise.all(asked.map((parameters) => ask(desk, { call, parameters, limit: MOST })));
  return answers.flatMap((answer) => listed(answer).data).map((object) => choiceOf(object, names));
}

function choiceOf(object: Json, names: readonly string[]): Choice {
  const value = String(object['id']);
  const label = names
    .map((path) => cellAt(object, path).text)
    .filter((text) => text !== '')
    .join(', ');
  return { value, label: label === '' ? value : label };
}

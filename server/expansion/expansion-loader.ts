import type { Sql } from '../../db/connect';
import { couponKeys } from '../../db/coupons';
import { findDecisive } from '../../db/fraud';
import { loadMatching, type Wanted } from '../../db/matching';
import { loadOwned, type OwnedKind } from '../../db/owned';
import { loadRows, related, type Scope } from '../../db/related';
import { amountsOffOf } from '../../domain/discount/amounts';
import { defaultMethodOf, type Customer } from '../../domain/rows/customer';
import type { Coupon } from '../../domain/rows/discount';
import { standingRule } from '../../domain/payment/fraud';
import { minimumsOf } from '../../domain/rows/promotion-code';
import type { Rows } from '../../domain/rows/rows';
import { render, snapshot, type WireKind } from '../../objects';
import { toStripeCashBalance, toStripeCreditBalance, toStripeTaxOf } from '../../objects/customer';
import { toStripeCurrencyOptions, toStripeTiers } from '../../objects/price';
import { toStripeTaxCalculationLine } from '../../objects/tax-calculation';
import { toStripeTaxTransactionLine } from '../../objects/tax-transaction';
import { listOf, type RenderContext } from '../../objects/wire';
import { couponName, type ExpansionLoader, type Json } from './expand';
import type { IncludedName } from './expansion-kinds';
import { checkoutIncluded } from './checkout-expansions';
import { quotesIncluded } from './quote-expansions';

/** Whose request it is. */
export interface Asking {
  deps: { sql: Sql };
  scope: Scope;
}

/** Loads expanded objects from the database, within one account and mode; hidden rows are not found. */
export function expansionLoader({ deps: { sql }, scope }: Asking, context: RenderContext): Omit<ExpansionLoader, 'permit'> {
  const sources: Sources = { sql, scope, context };
  return {
    objects: (kind, ids) => loadObjects(sources, kind, ids),
    included: (name, owners) => INCLUDED[name](sources, owners),
  };
}

interface Sources {
  sql: Sql;
  scope: Scope;
  context: RenderContext;
}

async function loadObjects(sources: Sources, kind: WireKind, ids: string[]): Promise<Map<string, Json>> {
  const { sql, scope, context } = sources;
  const named = kind === 'coupon' ? [...(await keysOfCoupons(sources, ids))] : ids.map((id) => [id, id] as const);
  const keysOf = (pairs: (readonly [string, string])[]): string[] => pairs.map(([, key]) => key);
  const rows = await loadRows(sql, kind, scope, keysOf(named));
  const shown = named.filter(([, key]) => isShown(rows, kind, key));
  const complete = await related(sql, rows, kind, keysOf(shown));
  // Discounts of a deleted coupon stay in force and show the coupon in full.
  const toWire = kind === 'coupon' ? snapshot : render;
  return new Map(shown.map(([id, key]) => [id, toWire(kind, key, complete, context)]));
}

function isShown(rows: Rows, kind: WireKind, key: string): boolean {
  const row = rows.find(kind, key);
  return row !== undefined && !('hidden' in row && row.hidden);
}

type Included = (sources: Sources, owners: string[]) => Promise<Map<string, unknown>>;

const INCLUDED: Record<IncludedName, Included> = {
  'charge.outcome.rule': rulesOfOutcomes,
  'charge.refunds': (sources, owners) => ownedLists(sources, 'refund', owners, (charge) => `/v1/charges/${charge}/refunds`),
  'coupon.applies_to': ofCoupons(({ appliesTo }) => appliesTo),
  // Includes the coupon's own currency, as at Stripe; a percentage has none.
  'coupon.currency_options': ofCoupons(amountsOffOf),
  'customer.cash_balance': ofCustomers(toStripeCashBalance),
  'customer.invoice_credit_balance': ofCustomers(toStripeCreditBalance),
  'customer.sources': (sources, owners) => ownedLists(sources, 'card', owners, (customer) => `/v1/customers/${customer}/sources`),
  'customer.subscriptions': (sources, owners) =>
    ownedLists(sources, 'subscription', owners, (customer) => `/v1/customers/${customer}/subscriptions`),
  'customer.tax': customerTaxes,
  'customer.tax_ids': (sources, owners) => ownedLists(sources, 'taxId', owners, (customer) => `/v1/customers/${customer}/tax_ids`),
  'invoice.confirmation_secret': confirmationSecrets,
  'invoice.payments': (sources, owners) =>
    ownedLists(sources, 'invoicePayment', owners, (invoice) => `/v1/invoice_payments?invoice=${invoice}`),
  'plan.tiers': tiers,
  'price.currency_options': currencyOptions,
  'price.tiers': tiers,
  'promotion_code.currency_options': codeCurrencies,
  'tax.calculation.line_items': calculationLines,
  'tax.transaction.line_items': transactionLines,
  ...quotesIncluded,
  ...checkoutIncluded,
};

/** The number of elements of a list that an object shows; the rest is at its URL. */
const SHOWN = 10;

async function ownedLists(
  sources: Sources,
  kind: OwnedKind,
  owners: string[],
  url: (owner: string) => string,
): Promise<Map<string, unknown>> {
  const { sql, scope, context } = sources;
  const loaded = await loadOwned(sql, kind, scope, { owners, limit: SHOWN + 1 });
  const ids = loaded.all(kind).map((row) => row.id);
  const rows = await related(sql, loaded, kind, ids);
  const ofOwner = (owner: string): string[] => loaded.where(kind, (row) => ownerOf(kind, row) === owner).map((row) => row.id);
  return new Map(
    owners.map((owner) => {
      const own = ofOwner(owner);
      const shown = own.slice(0, SHOWN).map((id) => render(kind, id, rows, context));
      return [owner, listOf(shown, url(owner), own.length > SHOWN)];
    }),
  );
}

function ownerOf(kind: OwnedKind, row: object): string {
  const { charge, customer, invoice } = row as { charge?: string; customer: string; invoice?: string };
  const owner = { card: customer, taxId: customer, invoicePayment: invoice, refund: charge, subscription: customer }[kind];
  return owner ?? '';
}

function ofCustomers(show: (customer: Customer) => object): Included {
  return async ({ sql, scope }, ids) => {
    const rows = await loadRows(sql, 'customer', scope, ids);
    return new Map(rows.all('customer').map((customer) => [customer.id, show(customer)]));
  };
}

async function customerTaxes({ sql, scope, context }: Sources, ids: string[]): Promise<Map<string, unknown>> {
  const rows = await loadRows(sql, 'customer', scope, ids);
  const methods = rows.all('customer').flatMap((customer) => defaultMethodOf(customer) ?? []);
  rows.putAll(await loadRows(sql, 'paymentMethod', scope, methods));
  rows.putAll(await loadMatching(sql, scope, SELLER));
  return new Map(rows.all('customer').map((customer) => [customer.id, toStripeTaxOf(customer, rows, context)]));
}

/** As it was when it decided. Decisions are kept for some time; afterwards the rule is shown as it is now. */
async function rulesOfOutcomes({ sql, scope }: Sources, charges: string[]): Promise<Map<string, unknown>> {
  return new Map(
    (await findDecisive(sql, scope, charges)).flatMap(({ charge, id, action, predicate }) => {
      const shown = action === null || predicate === null ? standingRule(id) : { id, action, predicate };
      return shown === null ? [] : [[charge, shown] as const];
    }),
  );
}

async function calculationLines({ sql, scope }: Sources, ids: string[]): Promise<Map<string, unknown>> {
  const rows = await loadRows(sql, 'requestedTaxCalculation', scope, ids);
  return new Map(
    rows.all('requestedTaxCalculation').map(({ id, lines, livemode }) => {
      const shown = lines.slice(0, SHOWN).map((line) => toStripeTaxCalculationLine(line, livemode));
      return [id, listOf(shown, `/v1/tax/calculations/${id}/line_items`, lines.length > SHOWN)];
    }),
  );
}

async function transactionLines({ sql, scope }: Sources, ids: string[]): Promise<Map<string, unknown>> {
  const rows = await loadRows(sql, 'taxTransaction', scope, ids);
  return new Map(
    rows.all('taxTransaction').map((transaction) => {
      const { id, lines } = transaction;
      const shown = lines.slice(0, SHOWN).map((line) => toStripeTaxTransactionLine(line, transaction));
      return [id, listOf(shown, `/v1/tax/transactions/${id}/line_items`, lines.length > SHOWN)];
    }),
  );
}

/** The seller, as automatic tax sees it. */
const SELLER: Wanted[] = [
  { kind: 'taxSettings', filters: [] },
  { kind: 'taxRegistration', filters: [] },
];

// The secret with which a browser lets the payer confirm. There is none before the invoice has a payment intent.
async function confirmationSecrets({ sql, scope }: Sources, owners: string[]): Promise<Map<string, unknown>> {
  const invoices = await loadRows(sql, 'invoice', scope, owners);
  const intents = invoices.all('invoice').flatMap((invoice) => invoice.paymentIntent ?? []);
  const loaded = await loadRows(sql, 'paymentIntent', scope, intents);
  return new Map(
    owners.map((owner) => {
      const intent = loaded.find('paymentIntent', invoices.find('invoice', owner)?.paymentIntent ?? null);
      return [owner, intent ? { client_secret: intent.clientSecret, type: 'payment_intent' } : null];
    }),
  );
}

/** The keys of coupons by what they are called: an id means the present coupon, `couponName` the one of a discount or promotion code. */
async function keysOfCoupons({ sql, scope }: Sources, names: string[]): Promise<Map<string, string>> {
  const keys = await couponKeys(sql, scope, names);
  for (const holder of ['discount', 'promotionCode'] as const) {
    const ids = names.flatMap((name) => (name.startsWith(couponName(holder, '')) ? [name.slice(couponName(holder, '').length)] : []));
    for (const { id, coupon } of (await loadRows(sql, holder, scope, ids)).all(holder)) keys.set(couponName(holder, id), coupon);
  }
  return keys;
}

/** What a coupon shows only when expanded; nothing if `show` has nothing. */
function ofCoupons(show: (coupon: Coupon) => object | null): Included {
  return async (sources, names) => {
    const keys = await keysOfCoupons(sources, names);
    const rows = await loadRows(sources.sql, 'coupon', sources.scope, [...keys.values()]);
    const shown = [...keys].map(([name, key]) => [name, show(rows.get('coupon', key))] as const);
    return new Map(shown.filter(([, value]) => value !== null));
  };
}

async function codeCurrencies({ sql, scope }: Sources, ids: string[]): Promise<Map<string, unknown>> {
  const rows = await loadRows(sql, 'promotionCode', scope, ids);
  return new Map(rows.all('promotionCode').map(({ id, restrictions }) => [id, minimumsOf(restrictions)]));
}

async function currencyOptions({ sql, scope }: Sources, ids: string[]): Promise<Map<string, unknown>> {
  const rows = await loadRows(sql, 'price', scope, ids);
  return new Map(rows.all('price').map((price) => [price.id, toStripeCurrencyOptions(price)]));
}

async function tiers({ sql, scope }: Sources, ids: string[]): Promise<Map<string, unknown>> {
  const rows = await loadRows(sql, 'price', scope, ids);
  return new Map(rows.all('price').flatMap(({ id, tiers: own }) => (own === null ? [] : [[id, toStripeTiers(own)] as const])));
}

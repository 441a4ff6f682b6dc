/**
 * A draft quote: everything on it can change, and each change recomputes its amounts. As soon as it has a customer, its workflow waits for
 * its expiry.
 */
import type { RedemptionTerms } from '../discount/requests';
import { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import type { Quote } from '../rows/quote';
import { computeQuote, NO_TOTALS } from './amounts';
import { discountsOf, offeredDiscounts } from './discounts';
import { changedLines } from './lines';
import type { QuoteParameters } from './parameters';
import { changedSettings } from './settings';
import type { DiscountParameters } from '../rows/subscription-parameters';

/** How long it can be accepted by default. */
const LASTS_SECONDS = 30 * 86_400;

/**
 * Returns the new quote's id.
 *
 * @throws BillingError as its lines, discounts and terms do
 */
export function createQuote(changes: ChangeSet, params: QuoteParameters): string {
  const { id } = putQuote(changes, {});
  change(changes, id, params);
  changes.emit('quote.created', 'quote', id);
  return id;
}

/** Puts an empty draft with the fields of `like`. */
export function putQuote(changes: ChangeSet, like: Partial<Quote>): Quote {
  return changes.put('quote', { ...BLANK, expiresAt: changes.now + LASTS_SECONDS, ...like, ...changes.resource('qt') });
}

const BLANK: Omit<Quote, 'id' | 'account' | 'livemode' | 'created' | 'expiresAt'> = {
  customer: null,
  testClock: null,
  status: 'draft',
  sequence: null,
  revision: 1,
  number: null,
  collectionMethod: 'charge_automatically',
  currency: null,
  description: null,
  header: null,
  footer: null,
  discounts: [],
  defaultTaxRates: [],
  automaticTax: { enabled: false, status: null, provider: null },
  invoiceSettings: { custom_fields: null, days_until_due: null, description: null, footer: null },
  subscriptionData: {
    billing_mode: { type: 'flexible' },
    description: null,
    effective_date: null,
    metadata: null,
    trial_period_days: null,
  },
  lineItems: [],
  amounts: NO_TOTALS,
  upfront: { ...NO_TOTALS, lines: [] },
  recurring: null,
  fromQuote: null,
  invoice: null,
  subscription: null,
  subscriptionSchedule: null,
  acceptedAt: null,
  canceledAt: null,
  finalizedAt: null,
  metadata: {},
};

/**
 * On an open quote only the expiry can change; metadata can always change.
 *
 * @throws BillingError quote_unexpected_state
 */
export function updateQuote(changes: ChangeSet, id: string, params: QuoteParameters): void {
  const quote = changes.rows.get('quote', id);
  const editable: string[] =
    quote.status === 'draft' ? Object.keys(params) : quote.status === 'open' ? ['expires_at', 'metadata'] : ['metadata'];
  const param = Object.keys(omitUndefined(params)).find((name) => !editable.includes(name));
  if (param !== undefined) throw unexpected(quote, `\`${param}\` can only be changed while it is a draft`, param);
  if (quote.status === 'draft') change(changes, id, params);
  else changes.patch('quote', id, { ...expiry(changes, params), metadata: mergeMetadata(quote.metadata, params.metadata) });
  waitForExpiry(changes, id);
}

export function unexpected({ status }: Pick<Quote, 'status'>, why: string, param?: string): BillingError {
  const message = `This quote is ${status}: ${why}.`;
  return new BillingError('quote_unexpected_state', message, param === undefined ? {} : { param });
}

function change(changes: ChangeSet, id: string, params: QuoteParameters): void {
  const before = changes.rows.get('quote', id);
  const customer = customerOf(changes, before, params.customer);
  const lineItems = params.line_items ? changedLines(changes, before, params.line_items) : before.lineItems;
  const quote = changes.patch('quote', id, {
    ...customer,
    ...expiry(changes, params),
    ...changedSettings(before, params),
    lineItems,
    metadata: mergeMetadata(before.metadata, params.metadata),
  });
  if (quote.customer !== before.customer) nameHolder(changes, quote);
  changes.patch('quote', id, offered(changes, quote, params));
  recompute(changes, id);
  waitForExpiry(changes, id);
}

/** Recomputes the quote's amounts. */
export function recompute(changes: ChangeSet, id: string): void {
  changes.patch('quote', id, computeQuote(changes, { ...changes.rows.get('quote', id), currency: null }));
}

/** A discount's minimum is compared with the amounts without discounts. */
function offered(changes: ChangeSet, quote: Quote, params: QuoteParameters): Pick<Quote, 'discounts' | 'lineItems'> {
  const bare = { ...quote, currency: null, discounts: [], lineItems: quote.lineItems.map((line) => ({ ...line, discounts: [] })) };
  const { amounts, currency } = computeQuote(changes, bare);
  const currencyNow = currency ?? changes.rows.get('account', quote.account).defaultCurrency;
  const purchase = { amount: amounts.subtotal, currency: currencyNow };
  const offer = (discounts: DiscountParameters[] | null, terms: RedemptionTerms) =>
    offeredDiscounts(changes, discounts ?? [], { customer: quote.customer, ...terms });
  return {
    discounts: params.discounts === undefined ? quote.discounts : offer(params.discounts, { purchase }),
    lineItems: quote.lineItems.map((line, index) => {
      const discounts = params.line_items?.[index]?.discounts;
      if (discounts === undefined) return line;
      return { ...line, discounts: offer(discounts, { currency: currencyNow, param: `line_items[${String(index)}][discounts]` }) };
    }),
  };
}

/** @throws BillingError parameter_invalid if it names another customer, resource_missing */
function customerOf(changes: ChangeSet, quote: Quote, params: string | undefined): Pick<Quote, 'customer' | 'testClock'> {
  const { customer, testClock } = quote;
  if (params === undefined || params === customer) return { customer, testClock };
  if (customer !== null) {
    throw new BillingError('parameter_invalid', 'The customer of a quote cannot be changed once it is set.', { param: 'customer' });
  }
  const found = changes.rows.find('customer', params);
  if (!found || found.deleted) throw new BillingError('resource_missing', `No such customer: '${params}'`, { param: 'customer' });
  return { customer: found.id, testClock: found.testClock };
}

/** Discounts that were offered before there was a customer now belong to this one. */
function nameHolder(changes: ChangeSet, quote: Quote): void {
  for (const id of discountsOf(quote)) changes.patch('discount', id, { customer: quote.customer });
}

/** @throws BillingError parameter_invalid if the time is not in the future */
export function expiry(changes: ChangeSet, { expires_at: at }: Pick<QuoteParameters, 'expires_at'>): Partial<Pick<Quote, 'expiresAt'>> {
  if (at === undefined) return {};
  if (at > changes.now) return { expiresAt: at };
  throw new BillingError('parameter_invalid', '`expires_at` must be in the future.', { param: 'expires_at' });
}

/** Wakes the quote's workflow, as soon as there is a customer, whose clock applies. */
export function waitForExpiry(changes: ChangeSet, id: string): void {
  const { customer, testClock } = changes.rows.get('quote', id);
  if (customer !== null) changes.wake('quote', id, { customer, testClock });
}

/**
 * The amounts of a quote. Its acceptance is planned by the planner that will carry it out, and discarded. 1000 a month and 500 once, with
 * 20% off the first month: 1200 upfront, and 1000 a month.
 */
import { createCustomer } from '../customer/changes';
import { discountEnd } from '../discount/duration';
import { BillingError } from '../core/errors';
import type { Invoice, InvoiceLineItem } from '../rows/invoice';
import { keepRates } from '../line/automatic-tax';
import { linesOf } from '../line/draft';
import { amountOwed } from '../line/taxes';
import { sumOf } from '../money/money';
import { ChangeSet } from '../core/change-set';
import { isMetered, priceIn, type Recurring } from '../rows/price';
import {
  beginsOf,
  type Quote,
  type QuoteAmounts,
  type QuotedLineAmounts,
  type QuoteLine,
  type QuoteRecurring,
  type QuoteTotals,
} from '../rows/quote';
import { discountsOf } from './discounts';
import { draftQuoted } from './invoice';
import { asQuoted } from './refusals';
import { linesOfType, scheduleTerms, subscriptionTerms } from './terms';
import { createSchedule } from '../schedule/creation';
import { createSubscription } from '../subscription/creation';
import { workflowId } from '../rows/workflow';
import { taxProviderOf } from '../tax/provider';

const NOTHING: QuoteAmounts = { subtotal: 0, discount: 0, tax: 0, total: 0 };
export const NOTHING_QUOTED: QuotedLineAmounts = { ...NOTHING, taxes: [], unit_amount_decimal: null };
export const NO_TOTALS: QuoteTotals = { ...NOTHING, discounts: [], taxes: [] };

type Computed = Pick<Quote, 'automaticTax' | 'currency' | 'amounts' | 'upfront' | 'recurring' | 'lineItems'>;

/** @throws BillingError as its acceptance does, with the quote's own parameters */
export function computeQuote(changes: ChangeSet, quote: Quote): Computed {
  const { enabled } = quote.automaticTax;
  const provider = enabled ? taxProviderOf(changes.rows, quote) : null;
  if (quote.lineItems.length === 0) return { ...EMPTY, automaticTax: { enabled, status: null, provider }, lineItems: [] };
  const recurring = frequencyOf(changes, quote);
  const offered = asQuoted(quote, () => tryOut(changes, withoutTrial(quote)));
  const first = quote.subscriptionData.trial_period_days === null ? offered : asQuoted(quote, () => tryOut(changes, quote));
  const amounts = amountsOf(offered);
  return {
    automaticTax: { enabled, status: taxStatusOf(quote, offered.invoice), provider },
    currency: offered.invoice.currency,
    amounts,
    lineItems: quote.lineItems.map((line) => ({ ...line, ...(offered.byLine.get(line.id) ?? metered(changes, line, offered.invoice)) })),
    upfront: {
      ...amountsOf(first),
      lines: quote.lineItems.flatMap(({ id }) => {
        const billed = first.byLine.get(id);
        return billed ? [{ id, ...plainly(billed) }] : [];
      }),
    },
    recurring: recurring && { ...amountsOf(tryOut(changes, forever(changes, quote), { lasting: true })), ...recurring },
  };
}

const EMPTY = { currency: null, amounts: NO_TOTALS, upfront: { ...NO_TOTALS, lines: [] }, recurring: null };

/** A line that the first invoice does not have. */
function metered({ rows }: ChangeSet, { price }: QuoteLine, { currency }: Invoice): QuotedLineAmounts {
  return { ...NOTHING_QUOTED, unit_amount_decimal: priceIn(rows.get('price', price), currency).unitAmountDecimal };
}

const plainly = ({ subtotal, discount, tax, total }: QuotedLineAmounts): QuoteAmounts => ({ subtotal, discount, tax, total });

function taxStatusOf({ automaticTax, customer }: Quote, { automaticTax: { status } }: Invoice): Quote['automaticTax']['status'] {
  if (!automaticTax.enabled) return null;
  return customer !== null && status === 'complete' ? 'complete' : 'requires_location_inputs';
}

function withoutTrial(quote: Quote): Quote {
  return { ...quote, subscriptionData: { ...quote.subscriptionData, trial_period_days: null } };
}

/** The quote without one-time prices, and without discounts of limited duration. */
function forever(changes: ChangeSet, quote: Quote): Quote {
  const lasting = (ids: string[]) => ids.filter((id) => lasts(changes, id));
  const lines = linesOfType(quote, 'recurring').map((line) => ({ ...line, discounts: lasting(line.discounts) }));
  return { ...withoutTrial(quote), lineItems: lines, discounts: lasting(quote.discounts) };
}

const lasts = ({ rows }: ChangeSet, discount: string): boolean =>
  rows.get('coupon', rows.get('discount', discount).coupon).duration === 'forever';

/**
 * The one interval of all recurring lines, because Stripe shows one.
 *
 * @throws BillingError parameter_invalid
 */
function frequencyOf(changes: ChangeSet, quote: Quote): Pick<QuoteRecurring, 'interval' | 'interval_count'> | null {
  const lines = linesOfType(quote, 'recurring');
  const [first, ...rest] = lines.map(({ price }) => changes.rows.get('price', price).recurring as Recurring);
  if (!first) return null;
  const other = rest.findIndex((each) => each.interval !== first.interval || each.interval_count !== first.interval_count);
  if (other < 0) return { interval: first.interval, interval_count: first.interval_count };
  const index = quote.lineItems.indexOf(lines[other + 1] as QuoteLine);
  throw new BillingError(
    'parameter_invalid',
    'All recurring prices on a quote must have the same `recurring.interval` and `interval_count`.',
    {
      param: `line_items[${String(index)}][price]`,
    },
  );
}

interface Tried {
  invoice: Invoice;
  byLine: Map<string, QuotedLineAmounts>;
}

/** The first invoice of an acceptance at the time when it takes effect, without the customer's pending items. */
function tryOut(changes: ChangeSet, quote: Quote, { lasting = false } = {}): Tried {
  const isLater = beginsOf(quote, changes.now) === 'schedule';
  const trial = trialOf(changes, isLater ? (quote.subscriptionData.effective_date as number) : changes.now);
  const customer = quote.customer ?? createCustomer(trial, {}, null).id;
  prepare(trial, quote, customer, lasting);
  const before = new Set(trial.rows.all('invoice').map(({ id }) => id));
  begin(trial, quote, customer, isLater);
  keepRates(changes, trial.rows.all('taxRate'));
  changes.saleQuestions.push(...trial.saleQuestions);
  const invoice = trial.rows.all('invoice').find(({ id }) => !before.has(id)) as Invoice;
  return { invoice, byLine: byLineOf(trial, quote, linesOf(trial.rows, invoice.id)) };
}

function prepare(trial: ChangeSet, quote: Quote, customer: string, lasting: boolean): void {
  const own = trial.rows.get('customer', customer).discount;
  if (lasting && own !== null && !lasts(trial, own)) trial.patch('customer', customer, { discount: null });
  for (const id of discountsOf(quote)) if (id !== own) restart(trial, id, customer);
  for (const { id } of trial.rows.where('invoiceItem', (item) => item.invoice === null)) trial.patch('invoiceItem', id, { deleted: true });
}

/** A throwaway change set; its ids must only differ from those of `changes`. */
function trialOf(changes: ChangeSet, now: number): ChangeSet {
  const { newId } = changes.context;
  return new ChangeSet(changes.rows, {
    ...changes.context,
    now,
    preview: true,
    newId: (prefix, ordinal) => newId(`tried_${prefix}`, ordinal),
  });
}

/** Restarts the discount as if it were redeemed now: its months begin with the acceptance. */
function restart(trial: ChangeSet, id: string, customer: string): void {
  const coupon = trial.rows.get('coupon', trial.rows.get('discount', id).coupon);
  trial.patch('discount', id, { customer, startsAt: trial.now, endsAt: discountEnd(coupon, trial.now) });
}

function begin(trial: ChangeSet, quote: Quote, customer: string, isLater: boolean): void {
  const ask = (ids: string[]) => ids.map((discount) => ({ discount }));
  if (!isLater && beginsOf(quote, trial.now) === 'invoice') {
    draftQuoted(trial, quote, { invoice: trial.id('in'), customer, ask });
    return;
  }
  const subject = trial.id('sub');
  const input = { subject, target: null, at: trial.now, answer: null, workflow: workflowId('subscription', subject), customer };
  if (isLater) createSchedule(trial, { ...input, parameters: scheduleTerms(trial, quote, customer, ask) });
  else createSubscription(trial, { ...input, parameters: subscriptionTerms(quote, customer, ask) });
}

/** Recurring lines are billed as items, in their order. Metered ones are not on a first invoice. */
function byLineOf({ rows }: ChangeSet, quote: Quote, lines: InvoiceLineItem[]): Map<string, QuotedLineAmounts> {
  const licensed = linesOfType(quote, 'recurring').filter(({ price }) => !isMetered(rows.get('price', price)));
  const items = lines.filter((line) => line.subscriptionItem !== null);
  const extras = lines.filter((line) => line.subscriptionItem === null);
  const pair = (quoted: QuoteLine[], billed: InvoiceLineItem[]) =>
    quoted.map((line, index) => [line.id, lineAmounts(billed[index] as InvoiceLineItem)] as const);
  return new Map([...pair(licensed, items), ...pair(linesOfType(quote, 'one_time'), extras)]);
}

function lineAmounts(line: InvoiceLineItem): QuotedLineAmounts {
  return {
    subtotal: line.amount,
    discount: sumOf(line.discountAmounts.map(({ amount }) => amount)),
    tax: sumOf(line.taxes.map(({ amount }) => amount)),
    total: amountOwed(line),
    taxes: line.taxes,
    unit_amount_decimal: line.unitAmountDecimal,
  };
}

function amountsOf({ invoice }: Tried): QuoteTotals {
  const { subtotal, total, totalDiscountAmounts: discounts, totalTaxes: taxes } = invoice;
  const discount = sumOf(discounts.map(({ amount }) => amount));
  return { subtotal, discount, tax: sumOf(taxes.map(({ amount }) => amount)), total, discounts, taxes };
}

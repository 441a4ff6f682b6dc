/**
 * Subscriptions from a file with the columns of Stripe's import toolkit, one on each line. Dunlin bills them from their `start_date` on; the time before has
 * been billed elsewhere.
 */
import { discountEnd } from '../discount/duration';
import { BillingError } from '../core/errors';
import { LIMITS } from '../core/limits';
import { billingPeriod } from '../money/billing-period';
import { pricesOf } from '../subscription/creation';
import type { Price } from '../rows/price';
import type { ImportLine, Problem } from '../rows/import';
import { couponIn } from './coupons';
import type { SourceItem, SourceSubscription } from './source-objects';
import { takeSubscription } from './subscriptions';
import { isTaking, notTaken, type NotTaken, type Taking } from './taking';

/** A line of the file. */
export interface CsvLine extends Pick<ImportLine, 'values'> {
  /** The present time of the import. */
  created: number;
  /** Made of what the line says, so that the same line is the same subscription. */
  subscription: string;
}

const SIMPLE = [
  ...['automatic_tax', 'backdate_start_date', 'billing_cycle_anchor', 'cancel_at_period_end', 'collection_method', 'coupon', 'customer'],
  ...['days_until_due', 'default_tax_rate', 'description', 'price', 'proration_behavior', 'quantity', 'start_date', 'trial_end'],
] as const;
const PATTERNS = [/^metadata\.(?!__proto__$)[^.[\]]{1,40}$/, /^items\.\d{1,2}\.(price|quantity)$/];

/** Whether a file may have the column. */
export const isColumn = (name: string): boolean =>
  (SIMPLE as readonly string[]).includes(name) || PATTERNS.some((pattern) => pattern.test(name));

/** The columns that every file has. */
export const REQUIRED = ['customer', 'start_date'] as const;

export function takeLine({ created: now, values, subscription: id }: CsvLine): NotTaken | Taking {
  const problems = problemsIn(values, now);
  if (problems.length > 0) return { outcome: 'refused', problems };
  const source = subscriptionOf(values, { id, now });
  const decided = takeSubscription(source, 'dunlin');
  if (!isTaking(decided)) return decided;
  const { coupon } = values;
  return {
    ...decided,
    named: { ...decided.named, ...(coupon === undefined ? {} : { coupon: [coupon] }) },
    plan: (changes) => {
      if (changes.rows.find('subscription', id)) return 'unchanged';
      const owner = changes.rows.find('customer', source.customer as string);
      if (!owner || owner.deleted) return notTaken('customer', source.customer as string, 'customer');
      const items = itemsIn(values);
      const prices = pricesOf(changes, { items }, owner, (index, property) => `${items[index]?.prefix ?? ''}${property}`);
      const start = source.billing_cycle_anchor;
      const found = coupon === undefined ? undefined : (couponIn(changes, coupon) ?? notTaken('coupon', coupon, 'coupon'));
      const discounts = found
        ? [{ id: `di_${id.slice(4)}`, start: now, end: discountEnd(found, start), promotion_code: null, source: { coupon: found.id } }]
        : [];
      const data = source.items.data.map((item, index) => pricedAs(source, item, prices[index] as Price));
      const currency = prices[0]?.currency ?? '';
      const taking = takeSubscription({ ...source, currency, discounts, items: { has_more: false, data } }, 'dunlin');
      if (!isTaking(taking)) throw new BillingError('parameter_invalid', 'The line cannot be taken.', { param: 'customer' });
      return taking.plan(changes);
    },
  };
}

/**
 * The other system has charged the whole period that ends when Dunlin begins: a change in it is prorated as one in any other period. Usage counts from
 * the import on.
 */
function pricedAs(
  { billing_cycle_anchor: start, trial_end: trial }: SourceSubscription,
  item: SourceItem,
  { recurring }: Price,
): SourceItem {
  const isUsage = recurring?.usage_type === 'metered';
  if (recurring === null || isUsage || trial !== null) return { ...item, price: { ...item.price, recurring } };
  const { start: from, end } = billingPeriod(start, recurring, start - 1);
  return { ...item, price: { ...item.price, recurring }, current_period_start: from, current_period_end: end };
}

const isTime = (text: string): boolean => timeOf(text) !== null;
const ONE_OF = {
  automatic_tax: ['true', 'false'],
  cancel_at_period_end: ['true', 'false'],
  collection_method: ['charge_automatically', 'send_invoice'],
  proration_behavior: ['none'],
} as const;
const TIMES = ['backdate_start_date', 'billing_cycle_anchor', 'start_date', 'trial_end'] as const;

/** Epoch seconds, or an instant or a day of ISO 8601, UTC. Null: neither. */
function timeOf(text: string): number | null {
  if (/^\d{9,11}$/.test(text)) return Number(text);
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/.test(text)) return null;
  const at = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text);
  // 30 February would be read as 2 March.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text.slice(0, 10))) return null;
  return Math.floor(at / 1000);
}

function problemsIn(values: Record<string, string>, now: number): Problem[] {
  const missing = REQUIRED.filter((column) => values[column] === undefined).map((field) => ({ field, reason: 'It is empty.' }));
  const times = TIMES.filter((column) => values[column] !== undefined && !isTime(values[column]));
  const choices = Object.entries(ONE_OF).filter(
    ([column, all]) => values[column] !== undefined && !(all as readonly string[]).includes(values[column]),
  );
  return [
    ...missing,
    ...times.map((field) => ({ field, reason: 'It must be seconds since 1970, or a time like 2026-12-01 or 2026-12-01T09:00:00Z.' })),
    ...choices.map(([field, all]) => ({ field, reason: `It must be ${all.join(' or ')}.` })),
    ...numbersIn(values),
    ...textsIn(values),
    ...(times.length > 0 ? [] : orderIn(values, now)),
    ...itemsProblem(values),
  ];
}

function numbersIn(values: Record<string, string>): Problem[] {
  const numbers = Object.entries(values).filter(([column]) => column === 'days_until_due' || column.endsWith('quantity'));
  const wrong = numbers.filter(([, text]) => !/^\d{1,9}$/.test(text)).map(([field]) => ({ field, reason: 'It must be a whole number.' }));
  if (Number(values['days_until_due'] ?? 0) > LIMITS.daysUntilDue.max)
    wrong.push({ field: 'days_until_due', reason: `It must be at most ${String(LIMITS.daysUntilDue.max)}.` });
  const isSent = values['collection_method'] === 'send_invoice';
  if (isSent && values['days_until_due'] === undefined) wrong.push({ field: 'days_until_due', reason: 'A sent invoice needs it.' });
  return wrong;
}

const TEXT_MAX = 500;

function textsIn(values: Record<string, string>): Problem[] {
  const texts = Object.entries(values).filter(([column]) => column === 'description' || column.startsWith('metadata.'));
  const long = texts.filter(([, text]) => text.length > TEXT_MAX);
  return [
    ...long.map(([field]) => ({ field, reason: `It must have at most ${String(TEXT_MAX)} characters.` })),
    ...(values['automatic_tax'] === 'true' && values['default_tax_rate'] !== undefined
      ? [{ field: 'default_tax_rate', reason: 'With automatic_tax it must be empty.' }]
      : []),
  ];
}

const DAY = 86_400;
/** The longest interval of a price is three years. */
const START_DAYS_MAX = 3 * 366;

function orderIn(values: Record<string, string>, now: number): Problem[] {
  const start = timeOf(values['start_date'] ?? '');
  if (start === null) return [];
  const past = start <= now ? [{ field: 'start_date', reason: 'It must be in the future: it is when Dunlin charges first.' }] : [];
  const far = start > now + START_DAYS_MAX * DAY ? [{ field: 'start_date', reason: 'It must be within three years.' }] : [];
  const begun = timeOf(values['backdate_start_date'] ?? '') ?? now;
  const ahead = begun > now ? [{ field: 'backdate_start_date', reason: 'It must not be in the future.' }] : [];
  const others = Object.entries(SAME_TIME).filter(([column]) => values[column] !== undefined && timeOf(values[column]) !== start);
  return [...past, ...far, ...ahead, ...others.map(([field, reason]) => ({ field, reason }))];
}

const SAME_TIME = {
  trial_end: 'It must be the start_date: the first charge is at the end of the trial.',
  billing_cycle_anchor: 'It must be the start_date, which begins the first period.',
} as const;

function itemsProblem(values: Record<string, string>): Problem[] {
  return itemsIn(values).length > 0 ? [] : [{ field: 'price', reason: 'The line has no price.' }];
}

interface LineItem {
  /** Of its columns. */
  prefix: string;
  price: string;
  quantity?: number;
}

/** `price` and `quantity`, and those of `items.N`. */
function itemsIn(values: Record<string, string>): LineItem[] {
  const prefixes = ['', ...Array.from({ length: 100 }, (_, index) => `items.${String(index)}.`)];
  return prefixes.flatMap((prefix) => {
    const price = values[`${prefix}price`];
    const quantity = values[`${prefix}quantity`];
    return price === undefined ? [] : [{ prefix, price, ...(quantity === undefined ? {} : { quantity: Number(quantity) }) }];
  });
}

function subscriptionOf(values: Record<string, string>, { id, now }: { id: string; now: number }): SourceSubscription {
  const rate = values['default_tax_rate'];
  const metadata = Object.entries(values).filter(([column]) => column.startsWith('metadata.'));
  return {
    ...{ id, created: now, customer: values['customer'] ?? '', currency: '', ...timesIn(values, now), ...collectionIn(values) },
    ...{ automatic_tax: { enabled: values['automatic_tax'] === 'true' }, billing_mode: { type: 'flexible' }, billing_thresholds: null },
    default_tax_rates: rate === undefined ? [] : [rate],
    ...{
      description: values['description'] ?? null,
      discounts: [],
      pause_collection: null,
      pending: [],
      usage: [],
      threshold_billed: false,
      plan: null,
      latest_invoice: null,
      schedule: null,
    },
    metadata: Object.fromEntries(metadata.map(([column, value]) => [column.slice('metadata.'.length), value])),
    items: { has_more: false, data: itemsOf(values, { id, now }) },
  };
}

type Times = 'billing_cycle_anchor' | 'start_date' | 'status' | 'trial_end' | 'trial_start';
type Ends =
  'billing_cycle_anchor_config' | 'cancel_at' | 'cancel_at_period_end' | 'canceled_at' | 'cancellation_details' | 'trial_settings';

function timesIn(values: Record<string, string>, now: number): Pick<SourceSubscription, Ends | Times> {
  const start = timeOf(values['start_date'] ?? '') ?? 0;
  const begun = timeOf(values['backdate_start_date'] ?? '') ?? now;
  const trial = timeOf(values['trial_end'] ?? '');
  return {
    ...{ start_date: begun, billing_cycle_anchor: start, billing_cycle_anchor_config: null },
    ...{
      status: trial === null ? 'active' : 'trialing',
      trial_start: trial === null ? null : begun,
      trial_end: trial,
      trial_settings: null,
    },
    ...{ cancel_at: null, cancel_at_period_end: values['cancel_at_period_end'] === 'true', canceled_at: null, cancellation_details: null },
  };
}

type Collection = 'collection_method' | 'days_until_due' | 'default_payment_method' | 'payment_settings';

function collectionIn(values: Record<string, string>): Pick<SourceSubscription, Collection> {
  const isSent = values['collection_method'] === 'send_invoice';
  const how = isSent ? 'send_invoice' : 'charge_automatically';
  const days = isSent ? Number(values['days_until_due']) : null;
  return { collection_method: how, days_until_due: days, default_payment_method: null, payment_settings: null };
}

function itemsOf(values: Record<string, string>, { id, now }: { id: string; now: number }): SourceItem[] {
  const start = timeOf(values['start_date'] ?? '') ?? 0;
  const period = { current_period_start: timeOf(values['backdate_start_date'] ?? '') ?? now, current_period_end: start };
  return itemsIn(values).map(({ price, quantity = 1 }, index) => ({
    ...{ id: `si_${id.slice(4)}${String(index)}`, created: now, billing_thresholds: null, discounts: [], metadata: {}, tax_rates: null },
    ...{ ...period, price: { id: price, recurring: null }, quantity },
  }));
}

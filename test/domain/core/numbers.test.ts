/**
 * Any price, any quantity, any usage: every caller gets an answer, an invoice or a refusal, and automatic steps continue. No row ever has
 * an integer that JSON and Postgres do not store exactly.
 */
import fc from 'fast-check';
import { BillingError } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import type { PriceTier } from '../../../domain/rows/price';
import type { RowTypes } from '../../../domain/rows/rows';
import { runs } from '../../support/runs';
import { at } from '../builders';
import { DAY, HOUR, Refused, World } from '../subscription/world';

type Terms = Partial<RowTypes['price']>;

const unit: fc.Arbitrary<string> = fc.constantFrom('0', '1', '100', '0.000000000001', '99999999999', String(LIMITS.unitAmount.max));
const decimal = fc.constantFrom('0.5', '123456789.123456789012', '999999999998.999999999999');
const bounds = fc.uniqueArray(fc.integer({ min: 1, max: LIMITS.usageQuantity.max }), { maxLength: LIMITS.tiers.max - 1 });
const NOTHING: Terms = { unitAmount: null, unitAmountDecimal: null };

const tiered: fc.Arbitrary<Terms> = fc
  .tuple(bounds, fc.constantFrom('volume' as const, 'graduated' as const), fc.oneof(unit, decimal), unit)
  .map(([upTos, tiersMode, each, flat]) => {
    const tier = (up_to: number | null): PriceTier => ({ up_to, unit_amount_decimal: each, flat_amount_decimal: flat });
    const tiers = [...upTos.sort((a, b) => a - b).map(tier), tier(null)];
    return { ...NOTHING, billingScheme: 'tiered' as const, tiersMode, tiers };
  });
const perUnit = fc.oneof(unit, decimal).map((unitAmountDecimal): Terms => ({ unitAmount: null, unitAmountDecimal }));
const packages = fc
  .tuple(unit, fc.constantFrom(1, 1000, LIMITS.quantity.max), fc.constantFrom('up' as const, 'down' as const))
  .map(([unitAmountDecimal, divide_by, round]): Terms => ({
    unitAmount: null,
    unitAmountDecimal,
    transformQuantity: { divide_by, round },
  }));
const terms = fc.oneof(perUnit, tiered, packages);
const quantities = fc.constantFrom(0, 1, 7, 1_000_000, LIMITS.quantity.max);
const values = fc.array(fc.constantFrom(1, 130, 0.5, 999_999_999_999_999, -999_999_999_999_999), { maxLength: 25 });

type Action =
  | { do: 'use'; values: number[] }
  | { do: 'update'; quantity: number; behavior: 'always_invoice' | 'create_prorations' | 'none' }
  | { do: 'swap'; behavior: 'always_invoice' | 'create_prorations' }
  | { do: 'preview'; cancel: boolean }
  | { do: 'pay' | 'resetAnchor' | 'trial' }
  | { do: 'bill'; amount: number }
  | { do: 'advance'; days: number };

const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant('use' as const), values }),
  fc.record({
    do: fc.constant('update' as const),
    quantity: quantities,
    behavior: fc.constantFrom('always_invoice' as const, 'create_prorations' as const, 'none' as const),
  }),
  fc.record({ do: fc.constant('swap' as const), behavior: fc.constantFrom('always_invoice' as const, 'create_prorations' as const) }),
  fc.record({ do: fc.constant('preview' as const), cancel: fc.boolean() }),
  fc.record({ do: fc.constantFrom('pay' as const, 'resetAnchor' as const, 'trial' as const) }),
  fc.record({ do: fc.constant('bill' as const), amount: fc.constantFrom(1, -5, LIMITS.lineAmount.max, -LIMITS.lineAmount.max) }),
  fc.record({ do: fc.constant('advance' as const), days: fc.constantFrom(1, 12, 33) }),
);

interface Story {
  licensed: Terms;
  metered: Terms;
  other: Terms;
  quantity: number;
  threshold: number | null;
  spend: { minimum_commitment?: object; maximum_spend?: object };
  discounts: { coupon: string }[];
  taxes: string[];
  balance: number;
  used: number[];
  actions: Action[];
  end: { prorate?: boolean; invoice_now?: boolean };
}

const bound = fc.constantFrom({ amount: 1 }, { amount: LIMITS.chargeAmount.max });
const stories: fc.Arbitrary<Story> = fc.record({
  licensed: terms,
  metered: terms,
  other: terms,
  quantity: quantities,
  threshold: fc.constantFrom(null, 1, LIMITS.usageAmount.max),
  spend: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, fc.record({ minimum_commitment: bound }), fc.record({ maximum_spend: bound })),
  discounts: fc.constantFrom([], [{ coupon: 'PERCENT' }], [{ coupon: 'AMOUNT' }]),
  taxes: fc.constantFrom([], ['txr_ex'], ['txr_in']),
  balance: fc.constantFrom(0, LIMITS.lineAmount.max, -LIMITS.lineAmount.max),
  used: values,
  actions: fc.array(actions, { maxLength: 8 }),
  end: fc.record({ prorate: fc.boolean(), invoice_now: fc.boolean() }),
});

/** What a caller may be told. Anything else is a fault, and ends the test. */
function answered<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused || error instanceof BillingError) return null;
    throw error;
  }
}

function begin(story: Story): { world: World; id: string } | null {
  const world = new World('2026-03-31');
  world.card('pm_card_visa');
  world.taxes();
  world.coupon({ id: 'PERCENT', key: 'acct_1/test/PERCENT', percentOff: '33.3', amountOff: null, currency: null });
  world.coupon({ id: 'AMOUNT', key: 'acct_1/test/AMOUNT', percentOff: null, amountOff: LIMITS.chargeAmount.max, currency: 'usd' });
  world.priced('price_licensed', story.licensed);
  world.priced('price_other', story.other);
  world.metered('price_metered', story.metered);
  if (story.balance !== 0) world.balance(story.balance);
  const items = [{ price: 'price_licensed', quantity: story.quantity }, { price: 'price_metered' }];
  const settings = {
    discounts: story.discounts,
    default_tax_rates: story.taxes,
    ...story.spend,
    ...(story.threshold === null ? {} : { billing_thresholds: { amount_gte: story.threshold } }),
  };
  const id =
    answered(() => world.create({ items, ...settings })) ??
    answered(() => world.create({ items: [{ price: 'price_metered' }], ...settings }));
  return id === null ? null : { world, id };
}

const DO: { [K in Action['do']]: (world: World, id: string, action: Extract<Action, { do: K }>) => unknown } = {
  use: (world, _, { values: each }) => {
    for (const value of each) world.use(value);
  },
  update: (world, id, { quantity, behavior }) => {
    const licensed = world.items(id).find(({ quantity: has }) => has !== null);
    world.update(id, {
      items: [licensed ? { id: licensed.id, quantity } : { price: 'price_licensed', quantity }],
      proration_behavior: behavior,
    });
  },
  swap: (world, id, { behavior }) => {
    const metered = world.items(id).find(({ quantity: has }) => has === null);
    const items = metered ? [{ id: metered.id, price: 'price_other', quantity: 1 }] : [{ price: 'price_metered' }];
    world.update(id, { items, proration_behavior: behavior });
  },
  preview: (world, id, { cancel }) => world.preview({ customer: 'cus_1', subscription: id, subscription_details: { cancel_now: cancel } }),
  pay: (world) => world.onInvoice(world.last().id, 'payInvoice'),
  resetAnchor: (world, id) => {
    world.update(id, { billing_cycle_anchor: 'now' });
  },
  trial: (world, id) => {
    world.update(id, { trial_end: world.now + 5 * DAY });
  },
  bill: (world, _, { amount }) => {
    world.balance(amount);
  },
  advance: (world, _, { days }) => {
    world.by(days * DAY);
  },
};

/** Every number of every row, and of everything that was told and posted. */
function unsafeIn(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value) ? [`${path} ${String(value)}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => unsafeIn(each, `${path}.${key}`));
}

function checkNumbers(world: World): void {
  const kinds = [
    'subscription',
    'invoice',
    'invoiceLineItem',
    'invoiceItem',
    'usagePeriod',
    'customer',
    'paymentIntent',
    'charge',
  ] as const;
  const rows = kinds.map((kind) => world.rows.all(kind));
  expect(unsafeIn([rows, world.events, world.postings])).toEqual([]);
}

/** A first tier that costs something without any use, with a threshold below it and a maximum: nothing was used, so nothing is reached. */
const FLAT_AMOUNT_AT_NO_USE = {
  licensed: { unitAmount: null, unitAmountDecimal: '0.5' },
  metered: {
    unitAmount: null,
    unitAmountDecimal: null,
    billingScheme: 'tiered',
    tiersMode: 'volume',
    tiers: [{ up_to: null, unit_amount_decimal: '0', flat_amount_decimal: '100' }],
  },
  other: { unitAmount: null, unitAmountDecimal: '0' },
  quantity: 0,
  threshold: 1,
  spend: { maximum_spend: { amount: 1 } },
  discounts: [],
  taxes: [],
  balance: 0,
  used: [],
  actions: [{ do: 'swap', behavior: 'always_invoice' }, { do: 'swap', behavior: 'always_invoice' }, { do: 'resetAnchor' }],
  end: { prorate: false, invoice_now: false },
} as unknown as Story;

test('every life with huge prices, quantities and usage continues to its end', () => {
  let lives = 0;
  let left = 0;
  fc.assert(
    fc.property(stories, (story) => {
      const begun = begin(story);
      if (!begun) return;
      lives += 1;
      const { world, id } = begun;
      world.by(HOUR);
      DO.use(world, id, { do: 'use', values: story.used });
      for (const action of story.actions) answered(() => (DO[action.do] as (...of: unknown[]) => unknown)(world, id, action));
      checkNumbers(world);
      if (!['canceled', 'incomplete_expired'].includes(world.subscription(id).status)) world.cancel(id, story.end);
      world.by(40 * DAY);
      expect(['canceled', 'incomplete_expired']).toContain(world.subscription(id).status);
      left += world.invoices().filter(({ lastFinalizationError }) => lastFinalizationError !== null).length;
      checkNumbers(world);
    }),
    { numRuns: runs(300), examples: [[FLAT_AMOUNT_AT_NO_USE]] },
  );
  expect(lives).toBeGreaterThan(runs(300) / 3);
  expect(left).toBeGreaterThan(runs(300) / 100);
});

describe('usage of 999999999999999 at 100 a unit', () => {
  function used(parameters: Record<string, unknown> = {}): { world: World; id: string } {
    const world = new World('2026-03-31');
    world.card('pm_card_visa');
    world.metered('price_calls', { unitAmountDecimal: '100' });
    const id = world.create({ items: [{ price: 'price_1000' }, { price: 'price_calls' }], ...parameters });
    world.by(DAY);
    world.use(999_999_999_999_999);
    world.by(HOUR);
    return { world, id };
  }
  const tooLarge = { code: 'amount_too_large' };

  test('is not billed by a renewal: its draft has the reason, and the subscription continues', () => {
    const { world, id } = used();
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    const draft = world.last();
    expect(draft).toMatchObject({ status: 'draft', lastFinalizationError: tooLarge, total: LIMITS.usageAmount.max + 1000 });
    const [usage] = world.lines(draft.id).filter(({ basis }) => basis?.usage);
    expect(usage?.basis).toMatchObject({ beyond: true, exact: '99999999999999900', quantity: '999999999999999' });
    expect(world.told('invoice.finalization_failed')).toHaveLength(1);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(world.last()).toMatchObject({ status: 'paid', total: 1000 });
  });

  test('is billed as the rest after a correction, when its draft is finalized', () => {
    const { world, id } = used();
    const end = world.item(id).currentPeriodEnd;
    world.advance(end + 2 * HOUR);
    world.use(-999_999_999_999_989, { at: end - DAY });
    const { id: draft } = world.last();
    expect(world.onInvoice(draft, 'finalizeInvoice')).toBeNull();
    expect(world.rows.get('invoice', draft)).toMatchObject({ status: 'paid', total: 2000, lastFinalizationError: null });
  });

  test.each([{}, { prorate: true }, { invoice_now: true }, { prorate: true, invoice_now: true }])(
    'does not keep the subscription from ending (%j)',
    (end) => {
      const { world, id } = used();
      world.cancel(id, end);
      expect(world.subscription(id).status).toBe('canceled');
      if (end.invoice_now) expect(world.last()).toMatchObject({ status: 'draft', lastFinalizationError: tooLarge });
    },
  );

  test('does not keep the subscription from ending with its period, nor from being paused', () => {
    const { world, id } = used({ cancel_at_period_end: true });
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect([world.subscription(id).status, world.last().lastFinalizationError]).toEqual(['canceled', expect.objectContaining(tooLarge)]);
    const paused = used();
    paused.world.update(paused.id, { pause_collection: { behavior: 'void' } });
    paused.world.advance(at('2026-05-02'));
    expect(paused.world.last()).toMatchObject({ status: 'draft', lastFinalizationError: tooLarge });
  });

  test('is reported by previews, and refused if a caller would bill it now', () => {
    const { world, id } = used();
    const shown = world.preview({ customer: 'cus_1', subscription: id, subscription_details: { cancel_now: true } });
    expect(shown.totals.lastFinalizationError).toMatchObject(tooLarge);
    expect(shown.lines).toContainEqual(expect.objectContaining({ amount: LIMITS.usageAmount.max }));
    const [, metered] = world.items(id);
    const swap = { items: [{ id: metered?.id, price: 'price_3000' }], proration_behavior: 'always_invoice', path: { subscription: id } };
    expect(world.ask('subscription', id, 'updateSubscription', swap)).toMatchObject({ ...tooLarge, details: { param: 'items' } });
  });

  test('reaches a threshold once', () => {
    const { world, id } = used({ billing_thresholds: { amount_gte: 5000 } });
    world.by(2 * HOUR);
    expect(world.invoices().filter(({ billingReason }) => billingReason === 'subscription_threshold')).toHaveLength(1);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(world.subscription(id).status).toBe('active');
  });
});

/** As `toThrow` takes it. */
const refusal = (code: string, param: string) => expect.objectContaining({ code, details: { param } }) as Error;

test('a caller cannot set a customer’s balance beyond its limit', () => {
  const world = new World('2026-03-31');
  const times = Math.floor(LIMITS.customerBalance.max / LIMITS.lineAmount.max);
  for (let n = 0; n < times; n += 1) world.balance(LIMITS.lineAmount.max);
  expect(() => {
    world.balance(LIMITS.lineAmount.max);
  }).toThrow(refusal('amount_too_large', 'amount'));
});

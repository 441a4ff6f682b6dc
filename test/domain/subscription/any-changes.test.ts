/**
 * Whatever is changed however often, what is billed is what the time cost: each item's price over the whole period that each
 * second is in, added up second by second, by an oracle that knows nothing of lines, credits or rounding but that each may be half
 * a minor unit off.
 */
import fc from 'fast-check';
import { runs } from '../../support/runs';
import { DAY, World } from './world';

interface Sold {
  months: number;
  days: number;
  /** Of a quantity, for a whole period, exactly: a share of it is rounded once, on its line. */
  cost: (quantity: number) => number;
}

const month = { months: 1, days: 0 };
const MONTHLY: Record<string, Sold> = {
  price_1000: { ...month, cost: (quantity) => 1000 * quantity },
  price_3000: { ...month, cost: (quantity) => 3000 * quantity },
  price_seats: { ...month, cost: (quantity) => Math.min(quantity, 5) * 500.5 + (quantity > 5 ? 50 + (quantity - 5) * 100 : 0) },
  price_packs: { ...month, cost: (quantity) => Math.ceil(quantity / 5) * 999 },
};
const SOLD: Record<string, Sold> = {
  ...MONTHLY,
  price_free: { ...month, cost: () => 0 },
  price_year: { months: 12, days: 0, cost: (quantity) => 12_000 * quantity },
  price_week: { months: 0, days: 7, cost: (quantity) => 700 * quantity },
};

/** Months are counted from the anchor, and clamped to their last day. */
function later(anchor: number, { months, days }: Sold, n: number): number {
  const date = new Date(anchor * 1000);
  const [year, index] = [date.getUTCFullYear(), date.getUTCMonth() + n * months];
  const day = Math.min(date.getUTCDate(), new Date(Date.UTC(year, index + 1, 0)).getUTCDate());
  return Date.UTC(year, index, day) / 1000 + (anchor % DAY) + n * days * DAY;
}

/** What the time costs from one instant to another. */
function costOf(price: string, quantity: number, { anchor, from, to }: { anchor: number; from: number; to: number }): number {
  const sold = SOLD[price] as Sold;
  let n = 0;
  while (later(anchor, sold, n) > from) n -= 1;
  let sum = 0;
  for (; later(anchor, sold, n) < to; n += 1) {
    const [start, end] = [later(anchor, sold, n), later(anchor, sold, n + 1)];
    const seconds = Math.min(end, to) - Math.max(start, from);
    if (seconds > 0) sum += (sold.cost(quantity) * seconds) / (end - start);
  }
  return sum;
}

/** The customer's subscription, and what it should have cost until now. */
class Story {
  readonly world: World;
  readonly id: string;
  private spent = 0;
  private paidFrom: number;

  constructor(
    from: number,
    private readonly mode: 'flexible' | 'classic',
    private anchor: number,
  ) {
    this.world = new World(from);
    this.world.card('visa');
    this.world.price(700, { id: 'price_week', interval: 'week' });
    this.world.priced('price_packs', { unitAmount: 999, unitAmountDecimal: '999', transformQuantity: { divide_by: 5, round: 'up' } });
    const tiers = [
      { up_to: 5, unit_amount_decimal: '500.5', flat_amount_decimal: null },
      { up_to: null, unit_amount_decimal: '100', flat_amount_decimal: '50' },
    ];
    const tiered = { billingScheme: 'tiered', unitAmount: null, unitAmountDecimal: null, tiersMode: 'graduated' } as const;
    this.world.priced('price_seats', { ...tiered, tiers });
    const anchored = anchor > from ? { billing_cycle_anchor: anchor } : {};
    this.id = this.world.create({ items: [{ price: 'price_3000', quantity: 2 }], billing_mode: { type: mode }, ...anchored });
    this.paidFrom = from;
  }

  /** The prices that a subscription of this mode can change to and does not have. */
  get others(): string[] {
    const used = this.world.items(this.id).map(({ price }) => price);
    return Object.keys(this.mode === 'flexible' ? SOLD : MONTHLY).filter((price) => !used.includes(price));
  }

  /** A change now, which costs what it costs from now on. */
  change(params: Record<string, unknown>, anchor?: number): void {
    const before = this.rates();
    this.world.update(this.id, params);
    this.spend(before);
    this.anchor = anchor ?? this.anchor;
  }

  end(): void {
    const before = this.rates();
    this.world.cancel(this.id, { prorate: true, invoice_now: true });
    this.spend(before);
    this.check([]);
  }

  check(items = this.world.items(this.id)): void {
    const ahead = items.map(({ price, quantity, currentPeriodEnd: to }) => costOf(price, quantity ?? 1, { ...this.since, to }));
    const should = this.spent + ahead.reduce((sum, cost) => sum + cost, 0);
    const { rows } = this.world;
    const lines = [...rows.all('invoiceLineItem'), ...rows.where('invoiceItem', (item) => item.invoice === null && !item.deleted)];
    const billed = lines.reduce((sum, { amount }) => sum + amount, 0);
    if (Math.abs(billed - should) > lines.length / 2) throw new Error(`${String(billed)} is billed for ${String(should)}`);
  }

  private get since(): { anchor: number; from: number } {
    return { anchor: this.anchor, from: this.paidFrom };
  }

  private rates(): [price: string, quantity: number][] {
    return this.world.items(this.id).map(({ price, quantity }) => [price, quantity ?? 1]);
  }

  private spend(rates: [price: string, quantity: number][]): void {
    const { now } = this.world;
    for (const [price, quantity] of rates) this.spent += costOf(price, quantity, { ...this.since, to: now });
    this.paidFrom = now;
  }
}

const behaviors = fc.constantFrom('create_prorations', 'always_invoice').map((proration_behavior) => ({ proration_behavior }));
const quantities = fc.integer({ min: 0, max: 12 });
const pick = fc.nat(100);
type Change = (story: Story) => void;

const changes: fc.Arbitrary<[name: string, change: Change]> = fc.oneof(
  fc.tuple(pick, quantities, behaviors).map(([n, quantity, how]): [string, Change] => [
    `${String(quantity)} of item ${String(n)}`,
    (story) => {
      const items = story.world.items(story.id);
      story.change({ items: [{ id: items[n % items.length]?.id, quantity }], ...how });
    },
  ]),
  fc.tuple(pick, pick, quantities, behaviors).map(([n, p, quantity, how]): [string, Change] => [
    `${String(quantity)} of price ${String(p)} for item ${String(n)}`,
    (story) => {
      const [items, { others }] = [story.world.items(story.id), story];
      if (others.length > 0)
        story.change({ items: [{ id: items[n % items.length]?.id, price: others[p % others.length], quantity }], ...how });
    },
  ]),
  fc.tuple(pick, quantities, behaviors).map(([p, quantity, how]): [string, Change] => [
    `add ${String(quantity)} of price ${String(p)}`,
    (story) => {
      const { others } = story;
      if (others.length > 0) story.change({ items: [{ price: others[p % others.length], quantity }], ...how });
    },
  ]),
  fc.tuple(pick, behaviors).map(([n, how]): [string, Change] => [
    `remove item ${String(n)}`,
    (story) => {
      const items = story.world.items(story.id);
      if (items.length > 1) story.change({ items: [{ id: items[n % items.length]?.id, deleted: true }], ...how });
    },
  ]),
  behaviors.map((how): [string, Change] => [
    'a new anchor',
    (story) => {
      story.change({ billing_cycle_anchor: 'now', ...how }, story.world.now);
    },
  ]),
  fc.tuple(fc.option(fc.integer({ min: 1, max: 50 }), { nil: null }), behaviors).map(([days, how]): [string, Change] => [
    `an end in ${String(days)} days`,
    (story) => {
      story.change({ cancel_at: days === null ? null : story.world.now + days * DAY, ...how });
    },
  ]),
);

const waits = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20 * DAY }));
const steps = fc.tuple(waits, changes).map(([seconds, [name, change]]) => {
  const step = { seconds, change };
  return Object.assign(step, { [fc.toStringMethod]: () => `after ${String(seconds)} s, ${name}` });
});
const starts = fc.record({
  from: fc.integer({ min: 1_767_225_600, max: 1_798_761_600 }),
  mode: fc.constantFrom('flexible' as const, 'classic' as const),
  daysToAnchor: fc.integer({ min: -15, max: 27 }),
});

test('ten changes of any kind, in both billing modes, cost what their times cost', () => {
  fc.assert(
    fc.property(starts, fc.array(steps, { maxLength: 10, size: 'max' }), ({ from, mode, daysToAnchor }, story) => {
      const told = new Story(from, mode, from + Math.max(0, daysToAnchor) * DAY);
      for (const { seconds, change } of story) {
        told.world.by(seconds);
        if (told.world.subscription(told.id).status !== 'active') return;
        change(told);
        told.check();
      }
      told.end();
    }),
    { numRuns: runs(80) },
  );
}, 60_000);

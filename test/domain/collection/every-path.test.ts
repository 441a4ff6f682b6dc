import { createCreditTopUp, type NewCreditTopUp } from '../../../domain/credit-top-up/changes';
import { finalizeQuote } from '../../../domain/quote/acceptance';
import { createQuote } from '../../../domain/quote/changes';
import type { QuoteParameters } from '../../../domain/quote/parameters';
import { at } from '../builders';
import { DAY, HOUR, World } from '../subscription/world';

/**
 * Every path that makes an invoice, crossed with everything that decides whether it is collected: what must hold of its charge
 * holds on all of them.
 */
type State =
  'keep_as_draft' | 'mark_uncollectible' | 'void' | 'send_invoice' | 'unpaid' | 'paused' | 'deleted' | 'below the minimum' | 'ordinary';

interface Story {
  world: World;
  id: string;
  /** What the path bills, so that a case can use an amount below the minimum. */
  price: string;
}

const cheap = (state: State) => state === 'below the minimum';

function story(state: State, default_tax_rates: string[] = []): Story {
  const world = new World('2026-04-01');
  world.taxes();
  world.card('visa');
  world.price(1020, { id: 'price_1020' });
  world.price(20, { id: 'price_20_once', interval: null });
  world.price(20, { id: 'price_20' });
  world.metered('price_calls');
  const sent = state === 'send_invoice' ? { collection_method: 'send_invoice', days_until_due: 30 } : {};
  const id = world.create({
    items: [{ price: 'price_1000' }, { price: 'price_calls' }],
    billing_thresholds: { amount_gte: 5000 },
    default_tax_rates,
    ...sent,
  });
  world.advance('2026-04-16');
  return { world, id, price: cheap(state) ? 'price_1020' : 'price_3000' };
}

/** Brings a subscription that bills into the state. */
function enter({ world, id }: Story, state: State): void {
  if (state === 'keep_as_draft' || state === 'mark_uncollectible' || state === 'void')
    world.update(id, { pause_collection: { behavior: state } });
  if (state === 'unpaid') becomeUnpaid(world, id);
  if (state === 'paused') world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
  if (state === 'deleted') world.deleteCustomer();
}

/** Its renewal was declined, and every retry; then there is a card that works. */
function becomeUnpaid(world: World, id: string): void {
  const { dunning } = world.rows.get('account', 'acct_1').settings.test;
  world.settings({ dunning: { ...dunning, ends_in: 'unpaid' } });
  world.card('chargeCustomerFail');
  world.advance('2026-05-16');
  world.card('visa');
  expect(world.subscription(id).status).toBe('unpaid');
}

const licensed = ({ world, id }: Story) => world.items(id)[0]?.id;
/** Of a customer who is deleted, or a subscription that cannot be changed so, a request is refused: then there is nothing to check. */
const ask = (step: string, parameters: (told: Story) => Record<string, unknown>) => (told: Story) =>
  void told.world.ask('subscription', told.id, step, { path: { subscription: told.id }, ...parameters(told) });
const update = (parameters: (told: Story) => Record<string, unknown>) => ask('updateSubscription', parameters);
const now = { proration_behavior: 'always_invoice' };

const PATHS: Record<string, (told: Story) => void> = {
  'a change, always_invoice': update((told) => ({ items: [{ id: licensed(told), price: told.price }], ...now })),
  'a change, pending_if_incomplete': update((told) => ({
    items: [{ id: licensed(told), price: told.price }],
    payment_behavior: 'pending_if_incomplete',
    ...now,
  })),
  'a change, error_if_incomplete': update((told) => ({
    items: [{ id: licensed(told), price: told.price }],
    payment_behavior: 'error_if_incomplete',
    ...now,
  })),
  'a new item': (told) =>
    ask('createSubscriptionItem', ({ id, price }) => ({ subscription: id, price: price === 'price_1020' ? 'price_20' : price, ...now }))(
      told,
    ),
  'an item that changes': (told) =>
    void told.world.ask('subscription', told.id, 'updateSubscriptionItem', { path: { item: licensed(told) }, price: told.price, ...now }),
  'billing_cycle_anchor=now': update(() => ({ billing_cycle_anchor: 'now' })),
  add_invoice_items: update(({ price }) => ({ add_invoice_items: [{ price: price === 'price_1020' ? 'price_20_once' : 'price_once' }] })),
  'cancel with invoice_now': (told) => {
    const amount = told.price === 'price_1020' ? 20 : 700;
    told.world.pending(amount, { subscription: told.id });
    ask('cancelSubscription', () => ({ invoice_now: true }))(told);
  },
  'a planned end, taken back': (told) => {
    update(() => ({ cancel_at: told.world.now + 5 * DAY, ...now }))(told);
    const { balance } = told.world.rows.get('customer', 'cus_1');
    if (balance < 0) told.world.balance(-balance);
    update(() => ({ cancel_at: null, ...now }))(told);
  },
  'a threshold': ({ world }) => {
    world.use(3000);
  },
  'a renewal': ({ world }) => {
    world.advance(world.now > at('2026-05-01') ? '2026-06-01T02:00:00Z' : '2026-05-01T02:00:00Z');
  },
};

const STATES: State[] = [
  'ordinary',
  'keep_as_draft',
  'mark_uncollectible',
  'void',
  'send_invoice',
  'unpaid',
  'paused',
  'deleted',
  'below the minimum',
];
const cells = Object.keys(PATHS).flatMap((path) => STATES.map((state): [string, State] => [path, state]));

/** What a path made in a state: the charges and invoices since. */
function walk(path: string, state: State) {
  const told = story(state);
  enter(told, state);
  const { world } = told;
  const before = { charges: world.charged().length, invoices: world.invoices().length };
  PATHS[path]?.(told);
  world.by(2 * HOUR);
  return { world, charged: world.charged().slice(before.charges), made: world.invoices().slice(before.invoices) };
}

/** What may become of what is due; in a pause or after a deletion some paths make no invoice at all. */
const ENDS: Record<State, string[]> = {
  ordinary: ['paid'],
  keep_as_draft: ['draft'],
  mark_uncollectible: ['uncollectible'],
  void: ['void'],
  send_invoice: ['open', 'paid'],
  unpaid: ['draft'],
  paused: ['draft'],
  deleted: ['draft'],
  'below the minimum': ['paid'],
};
const MAKE_NONE: State[] = ['unpaid', 'paused', 'deleted'];
/** A whole price is more than the least that can be charged. */
const WHOLE = ['a renewal', 'billing_cycle_anchor=now', 'a threshold', 'a planned end, taken back'];

describe('an invoice that a subscription makes', () => {
  test.each(cells)('by %s, %s', (path, state) => {
    const { world, charged, made } = walk(path, state);
    const due = made.filter((invoice) => invoice.total > 0);
    const isCharged = state === 'ordinary' || (cheap(state) && WHOLE.includes(path));
    expect(charged).toHaveLength(isCharged ? 1 : 0);
    expect(due.map(({ status }) => status).filter((status) => !ENDS[state].includes(status))).toEqual([]);
    if (!MAKE_NONE.includes(state)) expect(due).toHaveLength(1);
    const drafts = made.filter(({ status }) => status === 'draft');
    expect(drafts.filter(({ autoAdvance, automaticallyFinalizesAt: at }) => autoAdvance || at !== null)).toEqual([]);
    if (cheap(state) && !isCharged) expect([due[0]?.amountDue, world.rows.get('customer', 'cus_1').balance]).toEqual([0, due[0]?.total]);
  });

  test.each([
    ['keep_as_draft', 'draft'],
    ['mark_uncollectible', 'uncollectible'],
    ['void', 'void'],
  ])('by a trial that is ended now, while collection is paused: %s', (behavior, status) => {
    const world = new World('2026-04-01');
    world.card('visa');
    const id = world.create({ trial_period_days: 14 });
    world.update(id, { pause_collection: { behavior } });
    world.update(id, { trial_end: 'now' });
    expect(world.last()).toMatchObject({ total: 1000, status });
    expect(world.charged()).toEqual([]);
    expect(world.subscription(id).status).toBe('active');
  });

  test('by a change in a pause of the subscription is on the next invoice', () => {
    const told = story('paused');
    enter(told, 'paused');
    const before = told.world.invoices().length;
    PATHS['a change, always_invoice']?.(told);
    expect(told.world.invoices()).toHaveLength(before);
    expect(told.world.rows.where('invoiceItem', ({ invoice }) => invoice === null).length).toBeGreaterThan(0);
  });

  test('by the end of the subscription, for its last usage, is collected as before the end', () => {
    const told = story('void');
    enter(told, 'void');
    told.world.use(100);
    told.world.update(told.id, { cancel_at_period_end: true });
    told.world.advance('2026-05-01T02:00:00Z');
    expect(told.world.last()).toMatchObject({ status: 'void' });
  });
});

type Own = 'ordinary' | 'declined' | 'send_invoice' | 'deleted' | 'below the minimum';

/** What brings an invoice about without a subscription that there was before: what is agreed, and what then makes the invoice. */
const BEGINNINGS: Record<string, (state: Own, default_tax_rates?: string[]) => World> = {
  'a quote of one payment': (state, default_tax_rates) => {
    const { world, quote } = quoted(state, { default_tax_rates, line_items: [{ price: cheapOr(state, 'price_once') }] });
    const refusal = world.ask('invoice', 'in_quoted', 'acceptQuote', { path: { quote } });
    if (refusal === null) expect(world.onInvoice('in_quoted', 'finalizeInvoice', { auto_advance: true })).toBeNull();
    return world;
  },
  'a quote of a subscription': (state, default_tax_rates) => {
    const { world, quote } = quoted(state, { default_tax_rates, line_items: [{ price: cheapOr(state, 'price_1000') }] });
    void world.ask('subscription', 'sub_quoted', 'acceptQuote', { path: { quote } });
    return world;
  },
  'a quote of a subscription that begins later': (state, default_tax_rates) => {
    const subscription_data = { effective_date: at('2026-04-10') };
    const { world, quote } = quoted(state, { default_tax_rates, line_items: [{ price: cheapOr(state, 'price_1000') }], subscription_data });
    void world.ask('schedule', 'sub_sched_quoted', 'acceptQuote', { path: { quote } });
    world.advance('2026-04-11');
    return world;
  },
  'a purchase of credit': (state, defaultTaxRates = []) => {
    const world = shop(state);
    world.create({ items: [{ price: 'price_calls' }] });
    world.grant({ amount: 600 });
    world.byApi((changes) => {
      createCreditTopUp(changes, { ...TOP_UP, defaultTaxRates });
    });
    expect(world.invoices().filter(({ total }) => total > 0)).toEqual([]);
    // Of 900 so much is left that no card can be charged with it.
    if (state === 'below the minimum') world.balance(-880);
    leave(world, state);
    world.use(100);
    return world;
  },
};

const TOP_UP: NewCreditTopUp = {
  ...{ customer: 'cus_1', currency: 'usd', threshold: 500, amount: 1000, unitAmount: 900, monthlyLimit: 90_000 },
  ...{ defaultPaymentMethod: null, defaultTaxRates: [], name: null, priority: 50, prices: null, expiresAfterDays: null, metadata: {} },
};
const PRICES: Record<string, string> = { price_once: 'price_20_once', price_1000: 'price_20' };
const cheapOr = (state: Own, price: string): string => (state === 'below the minimum' ? (PRICES[price] ?? price) : price);

function shop(state: Own): World {
  const world = new World('2026-04-01');
  world.taxes();
  world.card(state === 'declined' ? 'chargeCustomerFail' : 'visa');
  world.price(20, { id: 'price_20_once', interval: null });
  world.price(20, { id: 'price_20' });
  world.metered('price_calls');
  return world;
}

/** A customer who was deleted after the agreement. */
function leave(world: World, state: Own): void {
  if (state === 'deleted') world.deleteCustomer();
}

function quoted(state: Own, params: QuoteParameters): { world: World; quote: string } {
  const world = shop(state);
  const sent = state === 'send_invoice' ? { collection_method: 'send_invoice' as const, invoice_settings: { days_until_due: 30 } } : {};
  let quote = '';
  world.byApi((changes) => {
    quote = createQuote(changes, { customer: 'cus_1', expires_at: at('2026-04-20'), ...params, ...sent });
    finalizeQuote(changes, quote, {});
  });
  leave(world, state);
  return { world, quote };
}

describe('an invoice of a quote or of a credit top-up', () => {
  const OWN: Own[] = ['ordinary', 'declined', 'send_invoice', 'deleted', 'below the minimum'];
  const beginnings = Object.keys(BEGINNINGS).flatMap((path) => OWN.map((state): [string, Own] => [path, state]));
  /** Credit is charged before it is there: it is never sent. */
  const exists = ([path, state]: [string, Own]) => path !== 'a purchase of credit' || state !== 'send_invoice';

  test.each(beginnings.filter(exists))('by %s, %s', (path, state) => {
    const world = BEGINNINGS[path]?.(state) as World;
    world.by(2 * HOUR);
    const due = world.invoices().filter(({ total }) => total > 0);
    expect(world.charged()).toHaveLength(state === 'ordinary' ? 1 : 0);
    expect(due.map(({ status }) => status)).toEqual(ENDED[state]);
    if (state === 'below the minimum') expect([due[0]?.amountDue, world.rows.get('customer', 'cus_1').balance]).toEqual([0, 20]);
  });

  const ENDED: Record<Own, string[]> = {
    ordinary: ['paid'],
    declined: ['open'],
    send_invoice: ['open'],
    deleted: [],
    'below the minimum': ['paid'],
  };
});

describe('a manual invoice', () => {
  const makes: Record<string, (world: World) => string> = {
    'an invoice by hand': (world) => {
      world.pending(700);
      return world.manual();
    },
    'an invoice by hand, of a subscription': (world) => {
      const id = world.create();
      world.pending(700, { subscription: id });
      return world.manual({ subscription: id, pending_invoice_items_behavior: undefined });
    },
  };
  test.each(Object.keys(makes))('%s is charged with auto_advance, and not without', (kind) => {
    for (const autoAdvance of [true, false]) {
      const world = new World('2026-04-01');
      world.card('visa');
      const id = makes[kind]?.(world) ?? '';
      const before = world.charged().length;
      expect(world.onInvoice(id, 'finalizeInvoice', { auto_advance: autoAdvance })).toBeNull();
      world.by(2 * DAY);
      expect(world.charged().slice(before)).toEqual(autoAdvance ? [700] : []);
      expect(world.rows.get('invoice', id).status).toBe(autoAdvance ? 'paid' : 'open');
    }
  });

  test('is not charged if it is sent', () => {
    const world = new World('2026-04-01');
    world.card('visa');
    const id = makes['an invoice by hand']?.(world) ?? '';
    expect(world.onInvoice(id, 'updateInvoice', { collection_method: 'send_invoice', days_until_due: 5, auto_advance: true })).toBeNull();
    expect(world.onInvoice(id, 'finalizeInvoice')).toBeNull();
    world.by(2 * DAY);
    expect(world.charged()).toEqual([]);
  });
});

describe('the tax of an invoice that becomes final', () => {
  const RATES = ['txr_ex'];
  const make = (parameters: Record<string, unknown>) => (rates: string[]) => {
    const world = shop('ordinary');
    world.create({ default_tax_rates: rates, ...parameters });
    return world;
  };
  const byHand = (step: string) => (rates: string[]) => {
    const world = shop('ordinary');
    world.pending(700);
    expect(world.onInvoice(world.manual({ default_tax_rates: rates, auto_advance: false }), step)).toBeNull();
    return world;
  };
  const ways: Record<string, (rates: string[]) => World> = {
    ...Object.fromEntries(
      Object.entries(PATHS).map(([name, walkIt]) => [
        name,
        (rates: string[]) => {
          const told = story('ordinary', rates);
          walkIt(told);
          return told.world;
        },
      ]),
    ),
    ...Object.fromEntries(Object.entries(BEGINNINGS).map(([name, begin]) => [name, (rates: string[]) => begin('ordinary', rates)])),
    'a first invoice': make({}),
    'a first invoice that must be paid': make({ payment_behavior: 'error_if_incomplete' }),
    'a first invoice that waits for its payer': make({ payment_behavior: 'default_incomplete' }),
    'a first invoice that is sent': make({ collection_method: 'send_invoice', days_until_due: 30 }),
    'an invoice by hand that is finalized': byHand('finalizeInvoice'),
    'an invoice by hand that is paid': byHand('payInvoice'),
    'an invoice by hand that is sent': byHand('sendInvoice'),
  };

  test.each(Object.keys(ways))('by %s is calculated once and stored with it; without rates there is no calculation', (way) => {
    for (const rates of [RATES, []]) {
      const world = ways[way]?.(rates) as World;
      world.by(2 * HOUR);
      const final = world.invoices().filter(({ status, total }) => status !== 'draft' && total > 0);
      expect(final.length).toBeGreaterThan(0);
      for (const { id, totalTaxes } of final) {
        const taxed = rates.length;
        expect([totalTaxes.length, world.taxed.filter((invoice) => invoice === id).length]).toEqual([taxed, taxed]);
        expect(world.rows.where('taxCalculation', ({ invoice }) => invoice === id)).toHaveLength(taxed);
      }
    }
  });
});

import * as fc from 'fast-check';
import { earnedBy } from '../../../domain/invoice/revenue-recognition';
import { at, sum } from '../builders';
import { World } from '../subscription/world';

/** What the books have in an account, debits positive. */
const account = (world: World, name: string) =>
  sum(
    world.postings
      .flatMap(({ entries }) => entries)
      .filter(({ ledgerAccount }) => ledgerAccount === name)
      .map(({ amount }) => amount),
  );
/** Deferred revenue and revenue by now, from entries and schedules. */
const revenue = (world: World) => {
  const earned = sum(world.postings.flatMap(({ schedules }) => schedules).map((schedule) => earnedBy(schedule, world.now)));
  return [account(world, 'deferred_revenue') + earned, account(world, 'revenue') - earned];
};

function april(parameters: Record<string, unknown> = {}): { world: World; id: string; si: string } {
  const world = new World('2026-04-01');
  world.taxes();
  world.card('visa');
  const id = world.create(parameters);
  return { world, id, si: world.item(id).id };
}

test('a period that is billed in advance is earned by the second', () => {
  const { world } = april();
  expect(revenue(world)).toEqual([-1000, 0]);
  world.advance('2026-04-16');
  expect(revenue(world)).toEqual([-500, -500]);
  world.advance('2026-05-01');
  expect(revenue(world)).toEqual([0, -1000]);
  world.advance('2026-05-01T01:00:00Z');
  expect(revenue(world)).toEqual([-999, -1001]);
});

test('31.00 from 15 January is 17.00 in January, and 14.00 is deferred', () => {
  const [startsAt, endsAt] = [at('2026-01-15'), at('2026-02-15')];
  const schedule = { amount: 3100, startsAt, endsAt, countsFrom: startsAt };
  expect([startsAt, at('2026-02-01'), endsAt, endsAt + 1].map((time) => earnedBy(schedule, time))).toEqual([0, 1700, 3100, 3100]);
});

test('the parts of any division of the time sum to the whole, for charges and credits', () => {
  const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
  const times = fc.array(fc.integer({ min: 0, max: 100_000_000 }), { maxLength: 20 });
  fc.assert(
    fc.property(amount, fc.integer({ min: 1, max: 100_000_000 }), times, (of, endsAt, cuts) => {
      const schedule = { amount: of, startsAt: 0, endsAt, countsFrom: 0 };
      const ends = [0, ...cuts, endsAt].sort((a, b) => a - b);
      const parts = ends.slice(1).map((end, index) => earnedBy(schedule, end) - earnedBy(schedule, ends[index] ?? 0));
      expect(sum(parts)).toBe(of);
      expect(parts.every((part) => part * of >= 0)).toBe(true);
    }),
  );
});

test('tax is payable at once and is no revenue, inclusive or exclusive', () => {
  const { world } = april({ default_tax_rates: ['txr_in', 'txr_ex'] });
  expect([revenue(world)[0], account(world, 'tax_payable:DE'), account(world, 'tax_payable:CH'), account(world, 'cash_clearing')]).toEqual([
    -909,
    -91,
    -182,
    1182 - 64,
  ]);
  world.advance('2026-05-01');
  expect(revenue(world)).toEqual([0, -909]);
});

test('an amount without a period is earned at once', () => {
  const { world } = april({ add_invoice_items: [{ price: 'price_once' }] });
  expect(revenue(world)).toEqual([-1000, -500]);
});

test('an upgrade: the credit and the debit of the invoice are earned over the rest of the period', () => {
  const { world, id, si } = april();
  world.advance('2026-04-11');
  world.update(id, { items: [{ id: si, price: 'price_3000' }], proration_behavior: 'always_invoice' });
  expect(revenue(world)).toEqual([-2000, -333]);
  world.advance('2026-04-21');
  expect(revenue(world)).toEqual([-1000, -1333]);
  world.advance('2026-05-01');
  expect(revenue(world)).toEqual([0, -2333]);
});

test('pending prorations are earned when their invoice is final, because their time is over by then', () => {
  const { world, id, si } = april();
  world.advance('2026-04-11');
  world.update(id, { items: [{ id: si, price: 'price_3000' }] });
  world.advance('2026-05-01T01:00:00Z');
  expect(revenue(world)).toEqual([-2996, -2337]);
});

test('a year is earned day by day, each item over its own period', () => {
  const { world } = april({ items: [{ price: 'price_1000' }, { price: 'price_year' }] });
  expect(revenue(world)).toEqual([-13_000, 0]);
  world.advance('2026-07-01');
  expect(sum(revenue(world))).toBe(-15_000);
  expect(revenue(world)[1]).toBe(-(3000 + Math.round((12_000 * 91) / 365)));
});

test.each([
  ['without credit leaves the schedule running', {}, [-500, -500], [0, -1000]],
  ['with credit earns nothing more', { prorate: true, invoice_now: true }, [0, -500], [0, -500]],
])('a cancellation %s', (_how, how, then, later) => {
  const { world, id } = april();
  world.advance('2026-04-16');
  world.cancel(id, how);
  expect(revenue(world)).toEqual(then);
  world.advance('2026-05-02');
  expect(revenue(world)).toEqual(later);
});

/** The invoice of May, 1000, whose charge was declined; it is open and collected by hand. */
function unpaidMay() {
  const { world, id } = april();
  world.card('chargeCustomerFail');
  world.settings({ dunning: { version: 'short', retry_after_seconds: [86_400], ends_in: 'past_due' } });
  world.advance('2026-05-01T01:00:00Z');
  return { world, id, invoice: world.last().id };
}

const of = (world: World, invoice: string, name: string) =>
  sum(
    world.postings
      .flatMap(({ entries }) => entries)
      .filter((entry) => entry.ledgerAccount === name && entry.invoice === invoice)
      .map(({ amount }) => amount),
  );
const earnedOf = (world: World, invoice: string) =>
  sum(
    world.postings
      .flatMap(({ schedules }) => schedules)
      .filter((schedule) => schedule.invoice === invoice)
      .map((schedule) => earnedBy(schedule, world.now)),
  );

test('a void invoice: what was earned is contra revenue, and nothing is deferred or earned any more', () => {
  const { world, invoice } = unpaidMay();
  world.advance('2026-05-11');
  expect(world.onInvoice(invoice, 'voidInvoice')).toBeNull();
  expect([of(world, invoice, 'voids'), of(world, invoice, 'deferred_revenue'), earnedOf(world, invoice)]).toEqual([323, -323, 323]);
  world.advance('2026-05-31');
  expect(earnedOf(world, invoice)).toBe(323);
});

test('bad debt is what was earned; what was not is deferred no longer', () => {
  const { world, invoice } = unpaidMay();
  world.advance('2026-05-11');
  expect(world.onInvoice(invoice, 'markInvoiceUncollectible')).toBeNull();
  expect([of(world, invoice, 'bad_debt'), of(world, invoice, 'deferred_revenue'), earnedOf(world, invoice)]).toEqual([323, -323, 323]);
});

test('bad debt that is paid after all is recovered; bad debt that is void is none', () => {
  const paid = unpaidMay();
  paid.world.advance('2026-05-11');
  paid.world.onInvoice(paid.invoice, 'markInvoiceUncollectible');
  paid.world.card('visa');
  expect(paid.world.onInvoice(paid.invoice, 'payInvoice')).toBeNull();
  expect([of(paid.world, paid.invoice, 'recoverables'), of(paid.world, paid.invoice, 'bad_debt')]).toEqual([-1000, 323]);
  const gone = unpaidMay();
  gone.world.advance('2026-05-11');
  gone.world.onInvoice(gone.invoice, 'markInvoiceUncollectible');
  gone.world.advance('2026-05-21');
  gone.world.onInvoice(gone.invoice, 'voidInvoice');
  expect(['bad_debt', 'recoverables', 'receivable'].map((name) => of(gone.world, gone.invoice, name))).toEqual([0, 0, 0]);
  expect(of(gone.world, gone.invoice, 'voids')).toBe(earnedOf(gone.world, gone.invoice) - of(gone.world, gone.invoice, 'revenue'));
});

test('during a pause, what was paid in advance is earned as its period passes', () => {
  const { world, id } = april();
  world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
  world.advance('2026-07-01');
  expect(revenue(world)).toEqual([0, -1000]);
});

/** Whatever a caller's number can multiply is refused by arithmetic, before anything is made: no id was taken, no row was put. */
import fc from 'fast-check';
import { addInterval, nextBoundary, periodsBetween, type BillingInterval } from '../../../domain/money/billing-period';
import { assertAdvanceWithin } from '../../../domain/money/bounds';
import { BillingError } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import { ChangeSet } from '../../../domain/core/change-set';
import { planAddLines } from '../../../domain/invoice/draft-lines';
import { afterIntervals, endAgain } from '../../../domain/schedule/times';
import { planStep } from '../../../domain/steps/registry';
import * as sample from '../../objects/rows';
import { at, instants } from '../builders';
import { Scheduled } from '../schedule/scheduled';
import { DAY, World } from '../subscription/world';

const daily: BillingInterval = { interval: 'day', interval_count: 1 };
const intervals = fc.record({
  interval: fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'year' as const),
  interval_count: fc.integer({ min: 1, max: 5 }),
});

/** A customer with a card, and twenty daily prices. */
function world(): { world: World; items: { price: string }[] } {
  const made = new World('2026-03-31');
  made.card('pm_card_visa');
  const prices = Array.from({ length: 20 }, (_, index) => made.price(100, { id: `price_day_${String(index)}`, interval: 'day' }));
  return { world: made, items: prices.map((price) => ({ price })) };
}

/** What a step is refused for, and how much it had made by then. */
function refusalOf(of: World, step: string, parameters: Record<string, unknown>): { error: unknown; made: number } {
  let made = 0;
  const changes = new ChangeSet(of.rows, {
    ...{
      account: 'acct_1',
      livemode: false,
      workflow: 'w',
      commitKey: 'c',
      now: of.now,
      request: null,
      secretFor: String,
      sign: () => 'signed',
    },
    newId: (prefix) => `${prefix}_${String((made += 1))}`,
    render: () => ({}),
  });
  try {
    planStep(changes, step, { subject: 'sub_new', target: null, at: of.now, parameters, answer: null, workflow: 'w', customer: 'cus_1' });
    return { error: null, made };
  } catch (error) {
    return { error, made };
  }
}

/** As `toThrow` takes it. */
const refusal = (code: string, param: string) => expect.objectContaining({ code, details: { param } }) as Error;

describe('a backdated start', () => {
  test.each([0, 1, at('2020-01-01')])(
    'that would bill more lines than an invoice may have is refused, and nothing is created (%d)',
    (from) => {
      const { world: made, items } = world();
      const { error, made: count } = refusalOf(made, 'createSubscription', { customer: 'cus_1', items, backdate_start_date: from });
      expect(error).toMatchObject({ code: 'too_many_items', details: { param: 'backdate_start_date' } });
      expect(count).toBe(0);
    },
  );

  test('may lie as far back as an invoice has room for lines, to the second', () => {
    const { world: made } = world();
    const from = made.now - LIMITS.invoiceLines.max * DAY;
    const ask = (start: number) =>
      made.ask('subscription', `sub_${String(start)}`, 'createSubscription', {
        customer: 'cus_1',
        items: [{ price: 'price_day_0' }],
        backdate_start_date: start,
      });
    expect(ask(from)).toMatchObject({ code: 'too_many_items' });
    expect(ask(from + 1)).toBeNull();
    expect(made.lines(made.last().id)).toHaveLength(LIMITS.invoiceLines.max);
  });

  test('whose lines have more tiers and tax rates than one request may calculate is refused, and nothing is created', () => {
    const { world: made, items } = world();
    const tiers = Array.from({ length: 100 }, (_, index) => ({
      up_to: index === 99 ? null : index + 1,
      unit_amount_decimal: '1',
      flat_amount_decimal: null,
    }));
    for (const { price } of items) {
      const row = made.rows.get('price', price);
      made.rows.put('price', { ...row, unitAmount: null, billingScheme: 'tiered', tiersMode: 'graduated', tiers } as never);
    }
    const days = LIMITS.backdatedWork.max / (20 * 100);
    const refused = made.now - Math.ceil(days + 1) * DAY;
    const { error, made: count } = refusalOf(made, 'createSubscription', { customer: 'cus_1', items, backdate_start_date: refused });
    expect(error).toMatchObject({ code: 'change_too_large', details: { param: 'backdate_start_date' } });
    expect(count).toBe(0);
    made.create({ items, backdate_start_date: made.now - DAY });
  });

  test('of a preview or a schedule is refused with its own parameter', () => {
    const { world: made, items } = world();
    const preview = () => made.preview({ customer: 'cus_1', subscription_details: { items, start_date: 0 } });
    expect(preview).toThrow(refusal('too_many_items', 'subscription_details[start_date]'));
    const phases = [{ items, duration: { interval: 'year', interval_count: 100 } }];
    const { error } = refusalOf(made, 'createSchedule', { customer: 'cus_1', start_date: 0, phases });
    expect(error).toMatchObject({ code: 'too_many_items', details: { param: 'start_date' } });
  });

  test('that bills nothing of the past is accepted, however long ago', () => {
    const { world: made, items } = world();
    made.create({ items, backdate_start_date: 0, proration_behavior: 'none' });
    expect(made.lines(made.last().id)).toHaveLength(20);
  });
});

describe('a phase', () => {
  test('of any number of intervals ends where the same number of single steps ends', () => {
    const starts = fc.record({
      anchor: instants,
      intervals,
      times: fc.integer({ min: 1, max: 60 }),
      steps: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(starts, ({ anchor, intervals: recurring, times, steps }) => {
        const one = { ...recurring, interval_count: 1 };
        const start = addInterval(anchor, one, steps);
        let end = start;
        for (let n = 0; n < recurring.interval_count * times; n += 1) end = nextBoundary(anchor, one, end);
        expect(afterIntervals(anchor, start, recurring, times)).toBe(end);
      }),
    );
  });

  test('that is repeated covers as many months again', () => {
    const anchor = at('2026-01-31');
    expect(endAgain(anchor, { start: anchor, end: at('2026-02-28') })).toBe(at('2026-03-31'));
    expect(endAgain(anchor, { start: at('2026-02-28'), end: at('2026-04-30') })).toBe(at('2026-06-30'));
    expect(endAgain(anchor, { start: anchor, end: anchor + 10 * DAY })).toBe(anchor + 20 * DAY);
  });

  test('that would end after the year 9999 is refused with the parameter that causes it', () => {
    const scheduled = new Scheduled('2026-04-01');
    const plan = (phase: object) => refusalOf(scheduled, 'createSchedule', { customer: 'cus_1', phases: [phase] }).error;
    const items = [{ price: 'price_year' }];
    expect(plan({ items, iterations: 1e9 })).toMatchObject({ code: 'parameter_invalid', details: { param: 'phases[0][iterations]' } });
    expect(plan({ items, duration: { interval: 'year', interval_count: 8000 } })).toMatchObject({
      details: { param: 'phases[0][duration]' },
    });
    expect(plan({ items, end_date: LIMITS.timestamp.max + 1 })).toMatchObject({ details: { param: 'phases[0][end_date]' } });
    expect(plan({ items, iterations: 1000 })).toBeNull();
  });
});

test('counting periods gives the same number as stepping through them', () => {
  const spans = fc.record({ anchor: instants, from: instants, recurring: intervals, length: fc.integer({ min: 0, max: 400 * DAY }) });
  fc.assert(
    fc.property(spans, ({ anchor, from, recurring, length }) => {
      let steps = 0;
      for (let start = from; start < from + length; steps += 1) start = nextBoundary(anchor, recurring, start);
      expect(periodsBetween(anchor, recurring, from, from + length)).toBe(steps);
    }),
  );
});

describe('an advance of a test clock', () => {
  const now = at('2026-01-31');
  const advance = (days: number, of: BillingInterval[]) => () => {
    assertAdvanceWithin(now, now + days * DAY, of);
  };

  test('may cover three years of a daily subscription, and ninety of a monthly one', () => {
    expect(advance(1096, [daily])).not.toThrow();
    expect(advance(90 * 365, [{ interval: 'month', interval_count: 1 }])).not.toThrow();
    expect(advance(36_500, [])).not.toThrow();
  });

  test.each([
    ['a hundred years of a daily one', 36_500, [{ interval: 'year' as const, interval_count: 1 }, daily]],
    ['a thousand years of nothing', 365_000, []],
  ])('refuses %s', (_, days, of) => {
    expect(advance(days, of)).toThrow(refusal('parameter_invalid', 'frozen_time'));
  });
});

test('a change that would make too many rows is refused, the same on any machine', () => {
  const { world: made } = world();
  const changes = new ChangeSet(made.rows, {
    ...{
      account: 'acct_1',
      livemode: false,
      workflow: 'w',
      commitKey: 'c',
      now: made.now,
      request: null,
      secretFor: String,
      sign: () => 'signed',
    },
    newId: (prefix, ordinal) => `${prefix}_${String(ordinal)}`,
    render: () => ({}),
  });
  const put = (count: number) => {
    for (let n = 0; n < count; n += 1) changes.put('invoiceItem', sample.invoiceItem({ id: changes.id('ii') }));
  };
  put(LIMITS.planChanges.max);
  changes.patch('invoiceItem', 'ii_0', { description: 'again' });
  expect(() => {
    put(1);
  }).toThrow(BillingError);
});

test('the total of the largest invoice with all taxes is still exact', () => {
  const { invoiceLines, usageAmount, taxRates, customerBalance, pendingInvoiceItems, lineAmount } = LIMITS;
  const largest = invoiceLines.max * usageAmount.max * (1 + taxRates.max);
  expect(Number.isSafeInteger(largest + customerBalance.max)).toBe(true);
  expect(Number.isSafeInteger((pendingInvoiceItems.max + invoiceLines.max) * usageAmount.max)).toBe(true);
  expect(lineAmount.max).toBeLessThanOrEqual(usageAmount.max);
});

describe('discounts on the lines of one invoice', () => {
  const per = LIMITS.discounts.max;
  const fit = LIMITS.invoiceDiscounts.max / per;
  const coupons = Array.from({ length: per }, (_, index) => `c${String(index)}`);
  const shop = (): World => {
    const made = new World('2026-03-31');
    for (const id of coupons)
      made.coupon({ id, key: `acct_1/test/${id}`, percentOff: '1', amountOff: null, currency: null, duration: 'forever' });
    return made;
  };
  const discounts = coupons.map((coupon) => ({ coupon }));
  const lines = (count: number) => Array.from({ length: count }, () => ({ amount: 1000, currency: 'usd', discounts }));

  test('are allowed in a preview up to the limit, and one line more is refused before any is redeemed', () => {
    const made = shop();
    expect(made.preview({ customer: 'cus_1', invoice_items: lines(fit) }).lines).toHaveLength(fit);
    expect(() => made.preview({ customer: 'cus_1', invoice_items: lines(fit + 1) })).toThrow(refusal('too_many_items', 'invoice_items'));
  });

  test('are limited on a draft, whether its lines are added at once or one by one', () => {
    const made = shop();
    const invoice = made.manual({ pending_invoice_items_behavior: 'exclude' });
    let ids = 0;
    const context = {
      account: 'acct_1',
      livemode: false,
      workflow: 'w',
      commitKey: 'c',
      now: made.now,
      request: null,
      secretFor: String,
      sign: () => 'signed',
    };
    const changes = new ChangeSet(made.rows, { ...context, newId: (prefix) => `${prefix}_${String((ids += 1))}`, render: () => ({}) });
    const add = (count: number) => () => {
      planAddLines(changes, invoice, lines(count));
    };
    expect(add(fit + 1)).toThrow(refusal('too_many_items', 'lines'));
    expect(ids).toBe(0);
    add(fit)();
    expect(changes.rows.where('invoiceLineItem', (line) => line.invoice === invoice)).toHaveLength(fit);
    expect(add(1)).toThrow(refusal('too_many_items', 'discounts'));
  });

  test.each([0, 1])('and a shipping cost fit one invoice, or it is refused (%d line too many)', (beyond) => {
    const made = new World('2026-03-31');
    const { max } = LIMITS.invoiceLines;
    for (let item = 0; item < max - 1 + beyond; item += 1) made.pending(1000);
    const invoice = made.manual();
    for (const amount of [500, 600]) {
      const shipping_cost = { shipping_rate_data: { display_name: 'Post', fixed_amount: { amount, currency: 'usd' } } };
      const answer = made.onInvoice(invoice, 'updateInvoice', { shipping_cost });
      if (beyond === 0) expect(answer).toBeNull();
      else expect(answer).toMatchObject({ code: 'too_many_items', details: { param: 'shipping_cost' } });
    }
    expect(made.lines(invoice)).toHaveLength(max);
  });

  test('beyond the limit move to the next invoice with their items', () => {
    const made = shop();
    for (let item = 0; item < fit + 3; item += 1) {
      const own = coupons.map((coupon) => `di_${String(item)}_${coupon}`);
      for (const [index, id] of own.entries()) {
        made.rows.put('discount', sample.discount({ id, coupon: `acct_1/test/${coupons[index] ?? ''}`, endsAt: null, subscription: null }));
      }
      made.pending(1000, { discounts: own });
    }
    expect(made.lines(made.manual())).toHaveLength(fit);
    expect(made.lines(made.manual())).toHaveLength(3);
  });
});

/** Credit that is bought by a rule, over the life of a customer: when too little is left, once, paid before it is there, within its limit. */
import fc from 'fast-check';
import {
  createCreditTopUp,
  deleteCreditTopUp,
  pauseCreditTopUp,
  resumeCreditTopUp,
  type NewCreditTopUp,
} from '../../../domain/credit-top-up/changes';
import { monthOf, type CreditTopUp } from '../../../domain/rows/credit-top-up';
import { creditsLeft } from '../../../domain/credit-top-up/credits-left';
import type { Invoice } from '../../../domain/rows/invoice';
import * as sample from '../../objects/rows';
import { runs } from '../../support/runs';
import { sum } from '../builders';
import { DAY, HOUR, World } from '../subscription/world';

const TERMS: NewCreditTopUp = {
  ...{ customer: 'cus_1', currency: 'usd', threshold: 500, amount: 1000, unitAmount: 900, monthlyLimit: 90_000 },
  ...{ defaultPaymentMethod: null, defaultTaxRates: [], name: null, priority: 50, prices: null, expiresAfterDays: null, metadata: {} },
};

/** Calls at 2 in arrears from 10 April, and a rule. */
function prepaid(rule: Partial<NewCreditTopUp> = {}, card = 'pm_card_visa', parameters: Record<string, unknown> = {}) {
  const world = new World('2026-04-10');
  world.card(card);
  world.metered('price_calls');
  world.metered('price_tokens', { unitAmount: 1, unitAmountDecimal: '1' }, 'mtr_tokens');
  world.taxes();
  const id = world.create({ items: [{ price: 'price_calls' }], ...parameters });
  world.byApi((changes) => {
    createCreditTopUp(changes, { ...TERMS, ...rule });
  });
  return { world, id };
}

const ruleOf = (world: World): CreditTopUp => world.rows.get('creditTopUp', world.rows.all('creditTopUp')[0]?.id ?? '');
const bought = (world: World): Invoice[] => world.invoices().filter(({ metadata }) => metadata['credit_top_up'] !== undefined);
const left = (world: World): number | null => creditsLeft(world.rows, 'cus_1', ruleOf(world), world.now);
const change = (world: World, by: typeof pauseCreditTopUp): void => {
  world.byApi((changes) => {
    by(changes, ruleOf(world).id);
  });
};

describe('a rule', () => {
  test('buys below its threshold and not at it, and a later bill makes no difference', () => {
    const { world, id } = prepaid();
    expect(bought(world)).toHaveLength(1);
    world.use(250);
    expect(left(world)).toBe(500);
    expect(bought(world)).toHaveLength(1);
    world.use(1);
    expect(left(world)).toBe(1498);
    world.advance(world.item(id).currentPeriodEnd);
    expect(world.last()).toMatchObject({ status: 'draft', subtotal: 502 });
    expect(left(world)).toBe(1498);
    world.by(2 * HOUR);
    expect(left(world)).toBe(1498);
    expect(sum(world.rows.all('creditGrant').map(({ balance }) => balance))).toBe(1498);
    expect(bought(world)).toHaveLength(2);
  });

  test('counts included usage anew in each period, and no more than a maximum spend', () => {
    const { world, id } = prepaid({}, 'pm_card_visa', { maximum_spend: { amount: 400 } });
    world.use(5000);
    expect(left(world)).toBe(600);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(left(world)).toBe(600);
    world.use(60);
    expect(left(world)).toBe(1480);
    expect(bought(world)).toHaveLength(2);
  });

  test('counts usage after its percentage discount', () => {
    const { world, id } = prepaid();
    world.coupon({ key: 'acct_1/test/HALF', percentOff: '50', amountOff: null, currency: null, duration: 'forever' });
    world.rows.put('discount', sample.discount({ id: 'di_half', coupon: 'acct_1/test/HALF', endsAt: null, deleted: false }));
    world.rows.put('subscription', { ...world.subscription(id), discounts: ['di_half'] });
    world.use(500);
    expect(left(world)).toBe(500);
    world.advance(world.item(id).currentPeriodEnd);
    expect(left(world)).toBe(500);
    world.by(2 * HOUR);
    expect(world.last()).toMatchObject({ subtotal: 1000, total: 0, totalCreditAmounts: [{ amount: 500 }] });
    expect(left(world)).toBe(500);
    expect(bought(world)).toHaveLength(1);
  });

  test('counts credit only for the usage that it may pay, less usage that other grants pay', () => {
    const { world } = prepaid({ prices: ['price_calls'] }, 'pm_card_visa', {
      items: [{ price: 'price_calls' }, { price: 'price_tokens' }],
    });
    world.grant({ amount: 3000, prices: ['price_tokens'], priority: 0 });
    world.use(2500, { meter: 'mtr_tokens' });
    expect(left(world)).toBe(1000);
    world.use(1500, { meter: 'mtr_tokens' });
    expect(left(world)).toBe(1000);
    world.use(300);
    expect(left(world)).toBe(1400);
    expect(bought(world)).toHaveLength(2);
  });

  test('charges without discounts and with its tax, on its own invoice, which takes no pending items', () => {
    const world = new World('2026-04-10');
    world.card('pm_card_visa');
    world.taxes();
    world.coupon({ key: 'acct_1/test/HALF', percentOff: '50', amountOff: null, currency: null, duration: 'forever' });
    world.rows.put('discount', sample.discount({ id: 'di_half', coupon: 'acct_1/test/HALF', endsAt: null, deleted: false }));
    world.changeCustomer({ discount: 'di_half' });
    world.rows.put('invoiceItem', sample.invoiceItem({ id: 'ii_waits', invoice: null, subscription: null, deleted: false }));
    world.byApi((changes) => {
      createCreditTopUp(changes, { ...TERMS, defaultTaxRates: ['txr_ex'] });
    });
    expect(bought(world)).toMatchObject([{ status: 'paid', subtotal: 900, total: 1080, amountPaid: 1080 }]);
    expect(world.lines(bought(world)[0]?.id ?? '')).toHaveLength(1);
    expect(world.rows.all('creditGrant')).toMatchObject([{ amount: 1000, balance: 1000, category: 'paid' }]);
  });

  test('grants at once if the customer’s balance pays for it', () => {
    const world = new World('2026-04-10');
    world.card('pm_card_chargeCustomerFail');
    world.balance(-5000);
    world.byApi((changes) => {
      createCreditTopUp(changes, TERMS);
    });
    expect(bought(world)).toMatchObject([{ status: 'paid', amountDue: 0 }]);
    expect(ruleOf(world)).toMatchObject({ status: 'active', pendingInvoice: null });
  });

  test('grants the credit as it was sold, until its expiry', () => {
    const { world } = prepaid({ expiresAfterDays: 30 });
    world.by(30 * DAY - 1);
    expect(bought(world)).toHaveLength(1);
    world.by(1);
    // It has expired unused, so that another is bought in the same second.
    expect(bought(world)).toHaveLength(2);
    expect(world.rows.all('creditGrant').map(({ balance }) => balance)).toEqual([0, 1000]);
  });

  test('of a deleted customer buys nothing', () => {
    const { world } = prepaid();
    world.deleteCustomer();
    world.use(5000);
    expect(bought(world)).toHaveLength(1);
  });
});

describe('usage far ahead of the credit', () => {
  test('is one purchase of the whole amount, not several', () => {
    const { world } = prepaid();
    // 1000 less 2202: 1702 are missing to the threshold.
    world.use(1101);
    expect(bought(world).map(({ total }) => total)).toEqual([900, 1800]);
    expect(world.lines(world.last().id)).toMatchObject([{ amount: 1800, quantity: 2, unitAmountDecimal: '900' }]);
    expect(world.rows.all('creditGrant').map(({ amount }) => amount)).toEqual([1000, 2000]);
    expect(left(world)).toBe(798);
  });

  test('is bought up to the limit of the month; the rest comes in the next month', () => {
    const { world } = prepaid({ monthlyLimit: 2000 });
    world.use(2000);
    expect(bought(world).map(({ total }) => total)).toEqual([900, 900]);
    expect(ruleOf(world)).toMatchObject({ status: 'active', monthSpent: 1800 });
    expect(world.told('billing.credit_top_up.limit_reached')).toHaveLength(1);
    world.use(1);
    world.advance('2026-04-30');
    expect(bought(world)).toHaveLength(2);
    world.advance('2026-05-01');
    expect(bought(world).map(({ total }) => total)).toEqual([900, 900, 1800]);
    expect(world.told('billing.credit_top_up.limit_reached')).toHaveLength(2);
  });
});

describe('a payment that fails', () => {
  test('pauses the rule once, starts no dunning and leaves no credit; a void invoice does not count for the limit', () => {
    const { world } = prepaid({ monthlyLimit: 900 }, 'pm_card_chargeCustomerFail');
    world.use(500);
    world.by(20 * DAY);
    expect(ruleOf(world)).toMatchObject({ status: 'paused', pauseReason: 'payment_failed', monthSpent: 900 });
    expect(world.rows.all('dunning')).toEqual([]);
    expect(world.told('billing.credit_top_up.paused')).toHaveLength(1);
    world.onInvoice(bought(world)[0]?.id ?? '', 'voidInvoice');
    expect(ruleOf(world)).toMatchObject({ status: 'paused', pendingInvoice: null, monthSpent: 0 });
    expect(world.rows.all('creditGrant')).toEqual([]);
  });

  test('waits for the cardholder if the bank requires them, and the rule continues when the invoice is paid out of band', () => {
    const { world } = prepaid({}, 'pm_card_authenticationRequired');
    expect(ruleOf(world)).toMatchObject({ status: 'paused', pauseReason: 'payment_action_required' });
    world.onInvoice(bought(world)[0]?.id ?? '', 'payInvoice', { paid_out_of_band: true });
    expect(ruleOf(world)).toMatchObject({ status: 'active', pauseReason: null, pendingInvoice: null });
    expect(world.rows.all('creditGrant')).toHaveLength(1);
  });
});

const ACTS = ['use', 'use', 'pass', 'pause', 'resume', 'decline', 'card', 'pay', 'void', 'lose', 'delete'] as const;
type Act = (typeof ACTS)[number];

test('whatever happens, each paid top-up is one grant, at most one is unpaid, and no month costs more than its limit', () => {
  const acts = fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.integer({ min: 1, max: 900 })), { maxLength: 25 });
  fc.assert(
    fc.property(acts, (story) => {
      const { world } = prepaid({ monthlyLimit: 3000 });
      for (const [act, value] of story) live(world, act, value);
      const purchases = world.rows.all('creditPurchase');
      for (const { invoice, status, creditGrant } of purchases) {
        expect({ invoice, paid: status === 'paid' }).toEqual({ invoice, paid: world.rows.get('invoice', invoice).status === 'paid' });
        expect(creditGrant !== null).toBe(status === 'paid');
      }
      expect(world.rows.all('creditGrant')).toHaveLength(purchases.filter(({ status }) => status === 'paid').length);
      expect(purchases.filter(({ status }) => status === 'pending').length).toBeLessThanOrEqual(1);
      const sold = purchases.filter(({ status }) => status !== 'canceled');
      for (const month of new Set(sold.map(({ created }) => monthOf(created)))) {
        expect(sum(sold.filter(({ created }) => monthOf(created) === month).map(({ unitAmount }) => unitAmount))).toBeLessThanOrEqual(3000);
      }
      const rule = ruleOf(world);
      const isFull = rule.monthStart === monthOf(world.now) && rule.monthSpent + 900 > 3000;
      const enough = left(world);
      if (rule.status === 'active' && !rule.deleted && !isFull && rule.pendingInvoice === null) expect(enough).toBeGreaterThanOrEqual(500);
    }),
    { numRuns: runs(60) },
  );
});

/** Actions that the present state does not allow do nothing. */
function live(world: World, act: Act, value: number): void {
  const { status, pauseReason, deleted, pendingInvoice } = ruleOf(world);
  const onUnpaid = (step: string): void => {
    if (world.rows.find('invoice', pendingInvoice)?.status === 'open') world.onInvoice(pendingInvoice ?? '', step);
  };
  const changeIf = (can: boolean, by: typeof pauseCreditTopUp): void => {
    if (can && !deleted) change(world, by);
  };
  const acts: Record<Act, () => void> = {
    use: () => world.use(value),
    pass: () => world.by((value % 20) * DAY),
    pause: () => changeIf(pauseReason !== 'requested', pauseCreditTopUp),
    resume: () => changeIf(status === 'paused', resumeCreditTopUp),
    delete: () => changeIf(value % 5 === 0, deleteCreditTopUp),
    decline: () => void world.card('pm_card_chargeCustomerFail'),
    card: () => void world.card('pm_card_visa'),
    pay: () => onUnpaid('payInvoice'),
    void: () => onUnpaid('voidInvoice'),
    lose: () => void (world.losesAnswers = !world.losesAnswers),
  };
  acts[act]();
}

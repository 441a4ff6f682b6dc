import fc from 'fast-check';
import { reportPayment } from '../../../domain/collection/payment-records';
import { createCreditTopUp } from '../../../domain/credit-top-up/changes';
import { leftAfterRefunds, leftToCredit } from '../../../domain/invoice/credited';
import { chargeStep } from '../../../domain/money/charge-steps';
import { minimumCharge, refuseUnchargeable } from '../../../domain/money/minimum-charge';
import type { CreditNote } from '../../../domain/rows/credit-note';
import { runs } from '../../support/runs';
import { sum } from '../builders';
import { World } from '../subscription/world';

/** A customer with an invoice by hand of these amounts, final and unpaid. */
function invoiced(amounts: number[], parameters: Record<string, unknown> = {}): { world: World; invoice: string } {
  const world = new World('2026-04-01');
  world.taxes();
  world.coupon({ id: 'SPRING', percentOff: '12.5', duration: 'forever', durationInMonths: null });
  world.card('visa');
  for (const amount of amounts) world.pending(amount);
  const invoice = world.manual({ auto_advance: false, ...parameters });
  world.must('invoice', invoice, 'finalizeInvoice', {});
  return { world, invoice };
}

const credit = (world: World, invoice: string, parameters: Record<string, unknown>) =>
  world.onInvoice(invoice, 'createCreditNote', { invoice, ...parameters });
const notes = (world: World): CreditNote[] => world.rows.all('creditNote');

const rates = fc.constantFrom<string[]>([], ['txr_ex'], ['txr_in'], ['txr_ex', 'txr_in']);
/** Charges, and credits that are smaller, so that something is due. */
const lines = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 5 }),
    fc.array(fc.integer({ min: -99, max: -1 }), { maxLength: 2 }),
  )
  .map(([charges, credits]) => [...charges.map((charge) => charge + 500), ...credits]);

test('in a currency that is charged in steps, an invoice that is credited to zero is paid, and the balance keeps nothing of it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('kwd', 'isk', 'usd'),
      fc.integer({ min: 200_000, max: 900_000 }),
      fc.integer({ min: 1, max: 199_999 }),
      (currency, amount, part) => {
        const world = new World('2026-04-01');
        world.pending(amount, { currency });
        const invoice = world.manual({ auto_advance: false, currency });
        world.must('invoice', invoice, 'finalizeInvoice', {});
        expect(credit(world, invoice, { amount: part })).toBeNull();
        // Where the amount due was rounded down, the rest is debt on the balance, and the last note credits that.
        const debt = Math.max(0, amount - part - world.rows.get('invoice', invoice).amountRemaining);
        expect(credit(world, invoice, { amount: amount - part, ...(debt > 0 ? { credit_amount: debt } : {}) })).toBeNull();
        expect(world.rows.get('invoice', invoice)).toMatchObject({ amountRemaining: 0, amountDue: 0, status: 'paid' });
        expect(sum(world.rows.all('customerBalanceTransaction').map((change) => change.amount))).toBe(0);
      },
    ),
    { numRuns: runs(60) },
  );
});

/** An invoice of this amount by hand, final and unpaid. */
function invoicedIn(currency: string, amount: number): { world: World; invoice: string } {
  const world = new World('2026-04-01');
  world.changeCustomer({ currency });
  world.card('visa');
  world.pending(amount, { currency });
  const invoice = world.manual({ auto_advance: false, currency });
  world.must('invoice', invoice, 'finalizeInvoice', {});
  return { world, invoice };
}

/** A transfer that has arrived, of any amount: no card, no step. */
function transferred(world: World, invoice: string, amount: number): void {
  let id = '';
  world.byApi((changes) => {
    const of = { customer: 'cus_1', currency: world.rows.get('invoice', invoice).currency, amountRequested: amount };
    const nothing = {
      customerDetails: { email: null, name: null, phone: null },
      customerPresence: null,
      description: null,
      paymentReference: null,
      shipping: null,
      metadata: null,
    };
    const details = {
      type: 'custom',
      custom: { display_name: 'Bank transfer', type: null },
      billing_details: null,
      payment_method: null,
    } as const;
    id = reportPayment(changes, { ...of, ...nothing, paymentMethodDetails: details, outcome: 'guaranteed' }).id;
  });
  world.onInvoice(invoice, 'attachPayment', { path: { invoice }, payment_record: id });
}

const changesOfRemaining = fc.array(
  fc.record({ how: fc.constantFrom('note', 'note', 'void', 'transfer', 'uncollectible'), percent: fc.constantFrom(1, 7, 33, 50, 97, 100) }),
  { minLength: 1, maxLength: 8 },
);

test('what notes, their voids and partial payments leave of an invoice can be charged in every currency, and nothing of it is lost', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('kwd', 'bhd', 'isk', 'ugx', 'usd', 'jpy'),
      fc.integer({ min: 100, max: 900_000 }),
      changesOfRemaining,
      (currency, amount, story) => {
        const { world, invoice } = invoicedIn(currency, amount);
        const now = () => world.rows.get('invoice', invoice);
        for (const { how, percent } of story) {
          const part = Math.max(1, Math.ceil((now().amountRemaining * percent) / 100));
          if (how === 'note') credit(world, invoice, { amount: Math.min(part, leftToCredit(world.rows, now()).total) });
          else if (how === 'transfer') transferred(world, invoice, part);
          else if (how === 'uncollectible') world.onInvoice(invoice, 'markInvoiceUncollectible');
          else for (const { id } of notes(world).slice(-1)) world.onInvoice(invoice, 'voidCreditNote', { path: { credit_note: id } });
          const { amountRemaining, amountPaid, status } = now();
          if (amountRemaining > 0) refuseUnchargeable(amountRemaining, currency);
          else expect(status).toBe('paid');
          const credited = sum(notes(world).map((note) => (note.status === 'issued' ? note.total : 0)));
          const balance = sum(world.rows.all('customerBalanceTransaction').map((change) => change.amount));
          expect(amountRemaining + balance).toBe(amount - credited - amountPaid);
          expect(2 * Math.abs(balance)).toBeLessThanOrEqual(
            amountRemaining > 0 ? chargeStep(currency) : 2 * minimumCharge(currency) + chargeStep(currency),
          );
        }
        const open = now();
        if (open.status === 'open') world.must('invoice', invoice, 'payInvoice', {});
        expect(now().amountRemaining).toBe(open.status === 'uncollectible' ? open.amountRemaining : 0);
      },
    ),
    { numRuns: runs(90) },
  );
});

test.each([
  [5120, 'kwd', 2003, 3120, -3],
  [5124, 'kwd', 2000, 3120, 4],
  [100_000, 'isk', 949, 99_100, -49],
  [1000, 'usd', 980, 0, 20],
] as const)('of %d %s a note of %d leaves %d to be charged, and %d on the balance', (...[amount, currency, note, remaining, balance]) => {
  const { world, invoice } = invoicedIn(currency, amount);
  expect(credit(world, invoice, { amount: note })).toBeNull();
  expect(world.rows.get('invoice', invoice)).toMatchObject({ amountRemaining: remaining, status: remaining === 0 ? 'paid' : 'open' });
  expect(world.rows.get('customer', 'cus_1').balance).toBe(balance);
});

test('a note refunds no part of a currency’s smallest charge: the nearest amounts are named, and the rest is credit', () => {
  const { world, invoice } = invoicedIn('kwd', 5120);
  world.must('invoice', invoice, 'payInvoice', {});
  expect(credit(world, invoice, { amount: 2003, refund_amount: 2003 })).toMatchObject({
    ...{ code: 'parameter_invalid', details: { param: 'refund_amount' } },
    message: 'Amounts in kwd must be evenly divisible by 10; nearest to 2003: 2000 and 2010.',
  });
  expect(credit(world, invoice, { amount: 2003, refund_amount: 2000, credit_amount: 3 })).toBeNull();
  const [charge] = world.rows.all('charge');
  expect(world.refund(charge?.id ?? '', 1)).toMatchObject({ code: 'parameter_invalid', details: { param: 'amount' } });
  expect(world.refund(charge?.id ?? '', 3120)).toBeNull();
});

test('successive notes of any amounts credit exactly the billed total, net, and each tax, discount and line', () => {
  fc.assert(
    fc.property(
      lines,
      rates,
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 5 }),
      (amounts, tax, isReduced, percents) => {
        const discounts = isReduced ? { discounts: [{ coupon: 'SPRING' }] } : {};
        const { world, invoice } = invoiced(amounts, { default_tax_rates: tax, ...discounts });
        for (const percent of [...percents, 100]) {
          const { total } = leftToCredit(world.rows, world.rows.get('invoice', invoice));
          if (total === 0) break;
          // Less than the smallest charge does not remain: it is debt on the balance, and a further note gives that back.
          const { amountRemaining } = world.rows.get('invoice', invoice);
          const amount = Math.max(1, Math.floor((total * percent) / 100));
          const given = amount > amountRemaining ? { credit_amount: amount - amountRemaining } : {};
          expect(credit(world, invoice, { amount, ...given })).toBeNull();
        }
        const before = world.rows.get('invoice', invoice);
        expect(before).toMatchObject({ status: 'paid', amountDue: 0, amountPaid: 0 });
        expect(before.prePaymentCreditNotesAmount + before.postPaymentCreditNotesAmount).toBe(before.total);
        expect(world.rows.get('customer', 'cus_1').balance).toBe(0);
        const left = leftToCredit(world.rows, before);
        expect([left.total, left.totalExcludingTax, ...left.totalTaxes.map(({ amount }) => amount)].every((amount) => amount === 0)).toBe(
          true,
        );
        expect(sum(notes(world).map(({ subtotal }) => subtotal))).toBe(before.subtotal);
        const off = (of: { totalDiscountAmounts: { amount: number }[] }[]) =>
          sum(of.flatMap(({ totalDiscountAmounts }) => totalDiscountAmounts.map(({ amount }) => amount)));
        expect(off(notes(world))).toBe(off([before]));
      },
    ),
    { numRuns: runs(60) },
  );
});

test('a note above the amount due returns the rest: of 1000 with 300 from the balance, 700 are due', () => {
  const world = new World('2026-04-01');
  world.card('visa');
  world.balance(-300);
  world.pending(1000);
  const invoice = world.manual({ auto_advance: false });
  world.must('invoice', invoice, 'finalizeInvoice', {});
  expect(credit(world, invoice, { amount: 900 })).toMatchObject({ code: 'parameter_invalid' });
  expect(credit(world, invoice, { amount: 900, credit_amount: 200 })).toBeNull();
  expect(notes(world)).toMatchObject([{ type: 'mixed', prePaymentAmount: 700, postPaymentAmount: 200 }]);
  expect(world.rows.get('invoice', invoice)).toMatchObject({ status: 'paid', amountDue: 0, postPaymentCreditNotesAmount: 200 });
  expect(world.rows.get('customer', 'cus_1').balance).toBe(-200);
  expect(credit(world, invoice, { amount: 100, refund_amount: 100 })).toMatchObject({ code: 'parameter_invalid' });
});

test('the amount due cannot be credited until the processor has answered', () => {
  const { world, invoice } = invoiced([1000]);
  world.losesAnswers = true;
  world.holdsAnswers = true;
  world.onInvoice(invoice, 'payInvoice', {});
  expect(credit(world, invoice, { amount: 100 })).toMatchObject({ code: 'payment_attempt_in_progress' });
  expect(notes(world)).toEqual([]);
  world.holdsAnswers = false;
  world.settle();
  expect(credit(world, invoice, { amount: 100, refund_amount: 100 })).toBeNull();
  expect(notes(world)).toMatchObject([{ type: 'post_payment', refunds: [{ amount_refunded: 100 }] }]);
});

test('3-D Secure for the old amount is canceled, and the next attempt is for the rest', () => {
  const world = new World('2026-04-01');
  world.card('authenticationRequired');
  world.pending(1000);
  const invoice = world.manual({ auto_advance: false });
  world.must('invoice', invoice, 'finalizeInvoice', {});
  world.onInvoice(invoice, 'payInvoice', { off_session: false });
  const intent = () => world.rows.get('paymentIntent', world.rows.get('invoice', invoice).paymentIntent ?? '');
  expect(intent().status).toBe('requires_action');
  expect(credit(world, invoice, { amount: 400 })).toBeNull();
  expect(intent()).toMatchObject({ status: 'requires_confirmation', amount: 600, nextAction: null });
  world.card('visa');
  world.onInvoice(invoice, 'payInvoice', {});
  expect(world.charged()).toEqual([600]);
});

test('credit that was not paid for is not granted', () => {
  const world = new World('2026-04-10');
  world.card('chargeCustomerFail');
  world.metered('price_calls');
  world.create({ items: [{ price: 'price_calls' }] });
  world.byApi((changes) => {
    createCreditTopUp(changes, {
      ...{ customer: 'cus_1', currency: 'usd', threshold: 500, amount: 1000, unitAmount: 900, monthlyLimit: 90_000, metadata: {} },
      ...{ defaultPaymentMethod: null, defaultTaxRates: [], name: null, priority: 50, prices: null, expiresAfterDays: null },
    });
  });
  const { id, status, total } = world.last();
  expect([status, total]).toEqual(['open', 900]);
  expect(credit(world, id, { amount: 900 })).toBeNull();
  expect(world.rows.get('invoice', id).status).toBe('paid');
  expect(world.rows.all('creditGrant')).toEqual([]);
  expect(world.rows.all('creditPurchase')).toMatchObject([{ status: 'canceled' }]);
});

test('a described line cannot credit a tax that was not billed, nor more of one than was', () => {
  const { world, invoice } = invoiced([1000], { default_tax_rates: ['txr_ex'] });
  const custom = (line: Record<string, unknown>) =>
    credit(world, invoice, { lines: [{ type: 'custom_line_item', description: 'Sorry', quantity: 1, ...line }] });
  expect(custom({ unit_amount: 10, tax_rates: ['txr_in'] })).toMatchObject({ code: 'parameter_invalid' });
  const given = (amount: number) => [{ amount, tax_rate: 'txr_ex', taxable_amount: 10 }];
  expect(custom({ unit_amount: 10, tax_amounts: given(201) })).toMatchObject({ code: 'credit_note_exceeds_invoice' });
  expect(custom({ unit_amount: 1001 })).toMatchObject({ code: 'credit_note_exceeds_invoice' });
  expect(custom({ unit_amount: 10, tax_amounts: given(200) })).toBeNull();
  expect(credit(world, invoice, { amount: 990 })).toBeNull();
  expect(notes(world).map(({ totalTaxes }) => sum(totalTaxes.map(({ amount }) => amount)))).toEqual([200, 0]);
});

describe('a refund without a credit note', () => {
  /** 1000 with 200 tax for April, paid on the 1st; and what the ledger has in some accounts on the 16th. */
  function halfOfApril() {
    const world = new World('2026-04-01');
    world.taxes();
    world.card('visa');
    const subscription = world.create({ default_tax_rates: ['txr_ex'] });
    world.advance('2026-04-16');
    const [invoice] = world.rows.where('invoice', (each) => each.subscription === subscription);
    const [charge] = world.rows.all('charge');
    const booked = () => {
      const entries = world.postings.flatMap((posting) => posting.entries);
      const of = (account: string) => sum(entries.filter((e) => e.ledgerAccount.startsWith(account)).map((e) => e.amount));
      return { refunds: of('refunds'), deferred: of('deferred_revenue'), tax: of('tax_payable'), notes: of('credit_notes') };
    };
    return { world, invoice: invoice?.id ?? '', charge: charge?.id ?? '', booked };
  }

  it('is booked as a note would be: its tax is not owed, what was not earned is deferred no longer, the rest is contra revenue', () => {
    const { world, charge, booked } = halfOfApril();
    expect(booked()).toEqual({ refunds: 0, deferred: -1000, tax: -200, notes: 0 });
    expect(world.refund(charge, 600)).toBeNull();
    expect(booked()).toEqual({ refunds: 250, deferred: -750, tax: -100, notes: 0 });
    expect(world.refund(charge, 600)).toBeNull();
    expect(booked()).toEqual({ refunds: 500, deferred: -500, tax: 0, notes: 0 });
  });

  it('that the bank returns is booked back, and what would have been earned meanwhile is earned', () => {
    const { world, charge, booked } = halfOfApril();
    world.refund(charge, 600, true);
    world.advance('2026-04-20');
    expect(booked()).toMatchObject({ refunds: 0, tax: -200 });
    world.advance('2026-05-02');
    expect(world.rows.get('charge', charge)).toMatchObject({ amountRefunded: 0 });
  });

  it('that a note is issued for later is the note’s: nothing is taken back twice', () => {
    const { world, invoice, charge, booked } = halfOfApril();
    world.refund(charge, 600);
    const [refund] = world.rows.all('refund');
    expect(credit(world, invoice, { amount: 360, refunds: [{ refund: refund?.id, amount_refunded: 360 }] })).toBeNull();
    expect(booked()).toEqual({ refunds: 100, deferred: -750, tax: -100, notes: 150 });
    expect(world.rows.get('invoice', invoice).refundParts).toMatchObject([{ amount: 240, totalTaxes: [{ amount: 40 }] }]);
  });

  /** A note of a part of a charge, given back out of band. It is refused where less is left. */
  function creditLine(world: World, invoice: string, { which, percent }: { which: number; percent: number }): void {
    const line = world.lines(invoice)[which];
    if (!line || line.amount <= 0) return;
    const credited = [{ type: 'invoice_line_item', invoice_line_item: line.id, amount: Math.ceil((line.amount * percent) / 100) }];
    const owed = credit(world, invoice, { lines: credited, out_of_band_amount: 1 })?.message;
    const amount = Number(/must be (\d+)/.exec(owed ?? '')?.[1] ?? 0);
    if (amount > 0) credit(world, invoice, { lines: credited, out_of_band_amount: amount });
  }

  it('never takes back more than is left, line by line and tax by tax, also if notes credit single lines afterwards', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 3 }), fc.integer({ min: 1, max: 100 })), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(lines, rates, steps, (amounts, tax, asked) => {
        const { world, invoice } = invoiced(amounts, { default_tax_rates: tax });
        world.onInvoice(invoice, 'payInvoice', {});
        const [charge] = world.rows.all('charge');
        for (const [isRefund, which, percent] of asked) {
          const part = Math.ceil((world.rows.get('invoice', invoice).total * percent) / 100);
          if (isRefund) world.refund(charge?.id ?? '', part);
          else creditLine(world, invoice, { which, percent });
        }
        const left = leftAfterRefunds(world.rows, world.rows.get('invoice', invoice));
        expect([left.total, left.totalExcludingTax, ...left.totalTaxes.map(({ amount }) => amount)].every((amount) => amount >= 0)).toBe(
          true,
        );
      }),
      { numRuns: runs(60) },
    );
  });
});

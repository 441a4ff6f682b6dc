import fc from 'fast-check';
import { rate } from '../../../domain/price/rating';
import { planRepair, versionOf, repairInvoice, type RepairPlan } from '../../../domain/repair/planning';
import { BillingError } from '../../../domain/core/errors';
import type { Correction, RepairTerms, WayToGiveBack } from '../../../domain/rows/repair';
import { sum } from '../builders';
import { World } from '../subscription/world';

const NOTHING: Correction = { price: null, recalculate_tax: false, tax_exempt: null, tax_rate: null, unit_amount_decimal: null };

const termsOf = (correction: Partial<Correction>, giveBack: WayToGiveBack = 'customer_balance'): RepairTerms => ({
  selection: { created: null, country: null, currency: null, customer: null, price: 'price_seat', product: null, tax_rate: 'txr_ex' },
  correction: { ...NOTHING, ...correction },
  giveBack,
});

interface Billed {
  quantities: number[];
  unitAmount: number;
  /** Lines of something else. */
  others?: number[];
  taxes?: string[];
  coupon?: string | null;
  isPaid?: boolean;
}

/** A final invoice of seats, and of what else there is. */
function billed({ quantities, unitAmount, others = [], taxes = [], coupon = null, isPaid = true }: Billed): {
  world: World;
  invoice: string;
} {
  const world = new World('2026-04-01');
  world.taxes();
  world.coupon({ id: 'PERCENT', key: 'coupon_percent', percentOff: '12.5', amountOff: null, duration: 'forever', durationInMonths: null });
  world.coupon({
    id: 'FIXED',
    key: 'coupon_fixed',
    percentOff: null,
    amountOff: 300,
    currency: 'usd',
    duration: 'forever',
    durationInMonths: null,
  });
  world.card('visa');
  world.price(unitAmount, { id: 'price_seat', interval: null });
  for (const quantity of quantities) {
    const basis = rate(world.rows.get('price', 'price_seat'), quantity);
    world.pending(basis.full, { price: 'price_seat', quantity, basis, unitAmountDecimal: String(unitAmount) });
  }
  for (const amount of others) world.pending(amount);
  const discounts = coupon === null ? {} : { discounts: [{ coupon }] };
  const invoice = world.manual({ auto_advance: false, default_tax_rates: taxes, ...discounts });
  world.must('invoice', invoice, 'finalizeInvoice', {});
  // An invoice of nothing is paid when it is final.
  if (isPaid && world.rows.get('invoice', invoice).status === 'open') world.must('invoice', invoice, 'payInvoice', {});
  return { world, invoice };
}

function repaired(world: World, invoice: string, terms: RepairTerms): RepairPlan | null | BillingError {
  let plan: RepairPlan | null | BillingError = null;
  world.byApi((changes) => {
    try {
      plan = planRepair(changes, invoice, terms);
    } catch (error) {
      if (!(error instanceof BillingError)) throw error;
      plan = error;
    }
  });
  return plan;
}

/** It is less than a charge may be, so that it is paid, and the customer owes it still. */
const isOwedInTheBalance = (world: World, invoice: string): boolean =>
  world.rows.get('invoice', invoice).status === 'paid' && world.charged().length === 0;

const taxes = fc.constantFrom<string[]>([], ['txr_ex'], ['txr_in'], ['txr_ex', 'txr_in']);
const corrections = fc.oneof(
  fc.integer({ min: 0, max: 4000 }).map((amount) => ({ unit_amount_decimal: String(amount) })),
  fc.integer({ min: 0, max: 400_000 }).map((amount) => ({ unit_amount_decimal: (amount / 100).toString() })),
  fc.constantFrom<Partial<Correction>>({ tax_rate: 'txr_in' }, { tax_exempt: 'exempt' }, { tax_exempt: 'reverse' }),
);

test('what invoices said, less their notes, plus the new invoices, is what they should have said, to the cent', () => {
  const seen = { notes: 0, invoices: 0, nothing: 0 };
  fc.assert(
    fc.property(
      fc.record({
        quantities: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 }),
        unitAmount: fc.integer({ min: 100, max: 3000 }),
        others: fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 2 }),
        taxes,
        coupon: fc.constantFrom(null, 'PERCENT', 'FIXED'),
        isPaid: fc.boolean(),
      }),
      corrections,
      fc.constantFrom<WayToGiveBack>('customer_balance', 'out_of_band', 'refund'),
      (terms, correction, giveBack) => {
        const { world, invoice } = billed(terms);
        const original = world.rows.get('invoice', invoice);
        const isOwed = isOwedInTheBalance(world, invoice);
        const plan = repaired(world, invoice, termsOf(correction, giveBack));
        if (original.total === 0) {
          // The coupon takes all of it, so that no note can give anything back.
          expect(plan).toMatchObject({
            code: 'invoice_not_editable',
            message: expect.stringMatching('nothing that could be credited') as string,
          });
          return;
        }
        if (plan !== null && giveBack === 'refund' && isOwed) {
          expect(plan).toMatchObject({ message: expect.stringMatching('was not paid by a charge') as string });
          return;
        }
        expect(plan).not.toBeInstanceOf(BillingError);
        const notes = world.rows.where('creditNote', (note) => note.invoice === invoice);
        const next = world.rows.where('invoice', ({ fromInvoice }) => fromInvoice === invoice);
        const { says, wouldSay } = (plan as RepairPlan | null) ?? { says: original.total, wouldSay: original.total };
        expect(wouldSay - says).toBe(sum(next.map(({ total }) => total)) - sum(notes.map(({ total }) => total)));
        if (plan === null) expect([notes, next]).toEqual([[], []]);
        expect(next.map(({ status, latestRevision }) => [status === 'draft', latestRevision])).toEqual(next.map(() => [false, null]));
        if (next.length > 0) expect(world.rows.get('invoice', invoice)).toMatchObject({ latestRevision: next[0]?.id, status: 'paid' });
        seen.nothing += plan === null ? 1 : 0;
        seen.notes += notes.length - next.length;
        seen.invoices += next.length;
      },
    ),
    { numRuns: 150 },
  );
  expect(Math.min(seen.notes, seen.invoices, seen.nothing)).toBeGreaterThan(0);
});

test('what the customer has paid and got back is what the corrected invoices say', () => {
  const { world, invoice } = billed({ quantities: [10], unitAmount: 1500, taxes: ['txr_ex'] });
  const paid = world.rows.get('invoice', invoice).total;
  expect(repaired(world, invoice, termsOf({ tax_exempt: 'exempt' }, 'refund'))).toEqual({
    says: paid,
    wouldSay: 15_000,
    note: paid,
    invoice: 15_000,
  });
  expect(world.rows.all('refund').map(({ amount }) => amount)).toEqual([paid - 15_000]);
  expect(world.rows.get('customer', 'cus_1').balance).toBe(0);
  expect(world.charged()).toEqual([paid]);
});

test('a part of the lines is credited where that is exact, in whole cents and in each tax', () => {
  const { world, invoice } = billed({ quantities: [10, 3], unitAmount: 1500, others: [777], taxes: ['txr_ex'], coupon: 'PERCENT' });
  expect(repaired(world, invoice, termsOf({ unit_amount_decimal: '1400' }))).toMatchObject({ invoice: null });
  const fixed = billed({ quantities: [10], unitAmount: 1500, coupon: 'FIXED' });
  // A fixed amount is off as a whole, so that a part of the lines would give back too little.
  expect(repaired(fixed.world, fixed.invoice, termsOf({ unit_amount_decimal: '1400' }))).toEqual({
    ...{ says: 14_700, wouldSay: 13_700, note: 14_700, invoice: 13_700 },
  });
});

test('an invoice that has changed since the dry run is not touched', () => {
  const { world, invoice } = billed({ quantities: [10], unitAmount: 1500, isPaid: false });
  const version = versionOf(world.rows, world.rows.get('invoice', invoice));
  world.must('invoice', invoice, 'payInvoice', {});
  expect(() => {
    world.byApi((changes) => {
      repairInvoice(changes, invoice, { ...termsOf({ unit_amount_decimal: '1' }), version });
    });
  }).toThrow('has changed since the repair was prepared');
  expect(world.rows.all('creditNote')).toEqual([]);
});

test.each([
  ['it is void', (world: World, invoice: string) => world.must('invoice', invoice, 'voidInvoice', {})],
  ['it has a credit note', (world: World, invoice: string) => world.must('invoice', invoice, 'createCreditNote', { invoice, amount: 1 })],
])('%s: it cannot be corrected', (reason, change) => {
  const { world, invoice } = billed({ quantities: [10], unitAmount: 1500, isPaid: false });
  change(world, invoice);
  expect(repaired(world, invoice, termsOf({ unit_amount_decimal: '1' }))).toMatchObject({
    message: expect.stringContaining(reason) as unknown,
  });
});

test('an amount that somebody has set by hand is not guessed', () => {
  const { world, invoice } = billed({ quantities: [], unitAmount: 1500, others: [900] });
  const [line] = world.lines(invoice);
  world.rows.put('invoiceLineItem', { ...(line as never as Parameters<typeof world.rows.put<'invoiceLineItem'>>[1]), price: 'price_seat' });
  expect(repaired(world, invoice, termsOf({ unit_amount_decimal: '1' }))).toMatchObject({
    message: expect.stringContaining('not calculated from its price') as unknown,
  });
});

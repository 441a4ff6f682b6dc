import fc from 'fast-check';
import { takesMoney } from '../../../domain/payment/dispute-closing';
import { runs } from '../../support/runs';
import { sum } from '../builders';
import { DAY, World } from '../subscription/world';

type Tax = 'payable' | 'taken_back';

/** 1000 with 200 tax for April, paid on the 1st; and what the ledger has in some accounts on the 16th. */
function halfOfApril(tax: Tax = 'payable') {
  const world = new World('2026-04-01');
  world.taxes();
  world.card('visa');
  settle(world, tax);
  const subscription = world.create({ default_tax_rates: ['txr_ex'] });
  world.advance('2026-04-16');
  const [invoice] = world.rows.where('invoice', (each) => each.subscription === subscription);
  const [charge] = world.rows.all('charge');
  return { world, invoice: invoice?.id ?? '', charge: charge?.id ?? '' };
}

const settle = (world: World, tax: Tax): void => {
  world.disputes({ tax_when_lost: tax, counter_fee: true });
};

function booked(world: World) {
  const entries = world.postings.flatMap((posting) => posting.entries);
  const of = (account: string) => sum(entries.filter((e) => e.ledgerAccount.startsWith(account)).map((e) => e.amount));
  return { lost: of('dispute_losses'), deferred: of('deferred_revenue'), tax: of('tax_payable'), notes: of('credit_notes') };
}

const lose = (world: World, charge: string, amount: number): void => {
  world.must('dispute', world.dispute(charge, { amount }), 'closeDispute');
};

const NOTHING = { lost: 0, deferred: -1000, tax: -200, notes: 0 };

describe('a lost dispute', () => {
  it('takes what was not earned off deferred revenue; the rest is lost, its tax too while the seller owes it', () => {
    const { world, charge } = halfOfApril();
    lose(world, charge, 600);
    expect(booked(world)).toEqual({ ...NOTHING, lost: 350, deferred: -750 });
    lose(world, charge, 600);
    expect(booked(world)).toEqual({ ...NOTHING, lost: 700, deferred: -500 });
  });

  it('takes its tax back where the seller has decided so', () => {
    const { world, charge } = halfOfApril('taken_back');
    lose(world, charge, 600);
    expect(booked(world)).toEqual({ ...NOTHING, lost: 250, deferred: -750, tax: -100 });
  });

  it('keeps the tax as it was decided on the day of the loss', () => {
    const { world, charge, invoice } = halfOfApril('taken_back');
    lose(world, charge, 600);
    settle(world, 'payable');
    world.onInvoice(invoice, 'createCreditNote', { invoice, amount: 12, credit_amount: 12 });
    expect(booked(world)).toMatchObject({ tax: -98, notes: 5 });
  });

  it('of more than the charge takes no more than the invoice', () => {
    const { world, charge } = halfOfApril('taken_back');
    lose(world, charge, 1500);
    expect(booked(world)).toEqual({ lost: 800, deferred: -500, tax: 0, notes: 0 });
  });

  it('after a refund takes what that has left', () => {
    const { world, charge } = halfOfApril('taken_back');
    world.refund(charge, 600);
    lose(world, charge, 1200);
    expect(booked(world)).toEqual({ lost: 850, deferred: -500, tax: 0, notes: 0 });
  });

  it('that is won after all restores all of it', () => {
    const { world, charge } = halfOfApril('taken_back');
    const dispute = world.dispute(charge, { amount: 600 });
    expect(world.answerDispute(dispute, 'overturned_evidence')).toBeNull();
    expect(booked(world)).toEqual(NOTHING);
    world.by(DAY);
    expect([world.rows.get('dispute', dispute).status, booked(world).tax]).toEqual(['lost', -100]);
    world.by(DAY);
    expect(world.rows.get('dispute', dispute).status).toBe('won');
    expect(booked(world)).toMatchObject({ lost: 0, tax: -200 });
    expect(world.rows.all('balanceTransaction').map(({ amount }) => amount)).toEqual([1200, -600, 0, 600]);
    world.advance('2026-06-01');
  });

  it('is a note’s where one is issued for it later, given back out of band: nothing is taken back or lost twice', () => {
    const { world, charge, invoice } = halfOfApril();
    lose(world, charge, 600);
    expect(world.onInvoice(invoice, 'createCreditNote', { invoice, amount: 360, out_of_band_amount: 360 })).toBeNull();
    expect(booked(world)).toEqual({ lost: 140, deferred: -750, tax: -140, notes: 150 });
    expect(world.onInvoice(invoice, 'createCreditNote', { invoice, amount: 300, out_of_band_amount: 300 })).toBeNull();
    expect(booked(world)).toMatchObject({ lost: 0, tax: -90 });
  });
});

describe('a note that is given back out of band while a dispute is open', () => {
  const noted = (amount: number) => {
    const { world, charge, invoice } = halfOfApril();
    const dispute = world.dispute(charge, { amount: 1200 });
    expect(world.onInvoice(invoice, 'createCreditNote', { invoice, amount, out_of_band_amount: amount })).toBeNull();
    return { world, dispute, invoice };
  };
  const outOfBand = (world: World) =>
    sum(world.postings.flatMap(({ entries }) => entries.filter((e) => e.ledgerAccount === 'out_of_band_payments').map((e) => e.amount)));

  it('is for the dispute if that is lost: nothing stays in lost disputes', () => {
    const { world, dispute, invoice } = noted(1200);
    world.must('dispute', dispute, 'closeDispute');
    expect([booked(world), outOfBand(world)]).toEqual([{ lost: 0, deferred: -500, tax: 0, notes: 500 }, 0]);
    expect(world.rows.first('creditNote', (note) => note.invoice === invoice)?.disputeAmount).toBe(1200);
  });

  it('takes over its part of what is lost', () => {
    const { world, dispute } = noted(600);
    world.must('dispute', dispute, 'closeDispute');
    expect([booked(world), outOfBand(world)]).toEqual([{ lost: 350, deferred: -500, tax: -100, notes: 250 }, 0]);
  });

  it('stays what the seller has paid if the dispute is won', () => {
    const { world, dispute } = noted(1200);
    world.answerDispute(dispute, 'winning_evidence');
    world.by(2 * DAY);
    expect(outOfBand(world)).toBe(-1200);
  });

  it('is not for a dispute that begins later', () => {
    const { world, charge, invoice } = halfOfApril();
    expect(world.onInvoice(invoice, 'createCreditNote', { invoice, amount: 600, out_of_band_amount: 600 })).toBeNull();
    world.by(DAY);
    lose(world, charge, 600);
    expect(outOfBand(world)).toBe(-600);
  });
});

describe('a note after a bank has taken money back', () => {
  const credit = (world: World, invoice: string, params: Record<string, number>) =>
    world.onInvoice(invoice, 'createCreditNote', { invoice, ...params });
  const TOO_MUCH = { code: 'credit_note_exceeds_invoice', details: { param: 'amount' } };

  it.each(['lost', 'open'])('gives it back in no other way, whether the dispute is lost or open: %s', (status) => {
    const { world, charge, invoice } = halfOfApril();
    const dispute = world.dispute(charge, { amount: 700 });
    if (status === 'lost') world.must('dispute', dispute, 'closeDispute');
    expect(credit(world, invoice, { amount: 1200, credit_amount: 1200 })).toMatchObject(TOO_MUCH);
    expect(credit(world, invoice, { amount: 501, credit_amount: 501 })).toMatchObject(TOO_MUCH);
    expect(credit(world, invoice, { amount: 500, credit_amount: 500 })).toBeNull();
    expect(credit(world, invoice, { amount: 1, credit_amount: 1 })).toMatchObject(TOO_MUCH);
    expect(credit(world, invoice, { amount: 700, out_of_band_amount: 700 })).toBeNull();
  });

  it('gives the rest back together with what the bank took', () => {
    const { world, charge, invoice } = halfOfApril();
    lose(world, charge, 700);
    expect(credit(world, invoice, { amount: 1200, out_of_band_amount: 600, credit_amount: 600 })).toMatchObject(TOO_MUCH);
    expect(credit(world, invoice, { amount: 1200, out_of_band_amount: 700, credit_amount: 500 })).toBeNull();
    expect(booked(world)).toMatchObject({ lost: 0, tax: 0 });
  });

  it('that was given back before is for what the bank took, where it was given back out of band', () => {
    const { world, charge, invoice } = halfOfApril();
    expect(credit(world, invoice, { amount: 600, credit_amount: 600 })).toBeNull();
    lose(world, charge, 1200);
    expect(credit(world, invoice, { amount: 600, credit_amount: 600 })).toMatchObject(TOO_MUCH);
    expect(credit(world, invoice, { amount: 600, out_of_band_amount: 600 })).toBeNull();
  });

  it('gives back what the bank has returned', () => {
    const { world, charge, invoice } = halfOfApril();
    world.answerDispute(world.dispute(charge, { amount: 1200 }), 'winning_evidence');
    world.by(2 * DAY);
    expect(credit(world, invoice, { amount: 1200, credit_amount: 1200 })).toBeNull();
  });
});

test('a dispute that is open, won, or only an inquiry leaves revenue and tax as they are', () => {
  const { world, charge } = halfOfApril('taken_back');
  world.answerDispute(world.dispute(charge, { amount: 600 }), 'winning_evidence');
  world.must('dispute', world.dispute(charge, { amount: 300, inquiry: true }), 'closeDispute');
  expect(booked(world)).toEqual(NOTHING);
  world.by(2 * DAY);
  expect(world.rows.all('dispute').map(({ status }) => status)).toEqual(['won', 'warning_closed']);
  expect(booked(world)).toEqual(NOTHING);
});

const texts = fc.constantFrom('winning_evidence', 'losing_evidence', 'overturned_evidence', 'escalate_inquiry_evidence', '');
const percents = fc.constantFrom(1, 33, 50, 100, 150);
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('dispute' as const), percent: percents, text: texts, inquiry: fc.boolean() }),
    fc.record({ kind: fc.constant('refund' as const), percent: percents, isReturned: fc.boolean() }),
    fc.record({ kind: fc.constant('note' as const), percent: percents, way: fc.constantFrom('out_of_band_amount', 'credit_amount') }),
    fc.record({ kind: fc.constant('wait' as const), days: fc.constantFrom(1, 2, 12) }),
    fc.record({ kind: fc.constant('tax' as const), tax: fc.constantFrom<Tax>('payable', 'taken_back') }),
  ),
  { minLength: 3, maxLength: 9 },
);
type Step = typeof steps extends fc.Arbitrary<(infer Each)[]> ? Each : never;

function take(world: World, { invoice, charge }: { invoice: string; charge: string }, step: Step): void {
  const before = givenBack(world, { invoice, charge });
  act(world, { invoice, charge }, step);
  // Whatever banks decide by themselves, no note gives back what the customer has already.
  const { amountPaid } = world.rows.get('invoice', invoice);
  const after = givenBack(world, { invoice, charge });
  if (step.kind === 'note') expect(after === before || after <= amountPaid).toBe(true);
}

/** What the customer has got: from refunds, notes and banks; what is given back out of band may be the bank's. */
function givenBack({ rows }: World, { invoice, charge }: { invoice: string; charge: string }): number {
  const refunds = rows.where('refund', ({ status }) => status !== 'failed' && status !== 'canceled');
  const credits = rows.where('creditNote', (note) => note.invoice === invoice && note.customerBalanceTransaction !== null);
  const taken = rows.where('dispute', (dispute) => dispute.charge === charge && takesMoney(dispute));
  return sum([...refunds, ...taken].map(({ amount }) => amount)) + sum(credits.map(({ total }) => total));
}

function act(world: World, { invoice, charge }: { invoice: string; charge: string }, step: Step): void {
  const part = 'percent' in step ? Math.ceil((world.rows.get('invoice', invoice).total * step.percent) / 100) : 0;
  if (step.kind === 'wait') return world.by(step.days * DAY);
  if (step.kind === 'tax') return settle(world, step.tax);
  if (step.kind === 'refund') return void world.refund(charge, part, step.isReturned);
  if (step.kind === 'note') return void world.onInvoice(invoice, 'createCreditNote', { invoice, amount: part, [step.way]: part });
  const dispute = world.dispute(charge, { amount: part, inquiry: step.inquiry });
  if (step.text !== '') world.answerDispute(dispute, step.text);
}

test('whatever banks take back, in whatever order with refunds and notes, the books balance and recognised and deferred is what was billed', () => {
  fc.assert(
    fc.property(steps, (story) => {
      const { world, ...of } = halfOfApril();
      // The world checks itself after each step.
      for (const step of story) take(world, of, step);
      world.by(60 * DAY);
    }),
    { numRuns: runs(60) },
  );
});

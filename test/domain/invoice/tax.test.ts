import { digestOf } from '../../../domain/line/tax-input';
import type { TaxedLine, TaxQuestion } from '../../../domain/rows/tax-calculation';
import { finalizeInvoice } from '../../../domain/invoice/finalization';
import { ChangeSet } from '../../../domain/core/change-set';
import { taxRate } from '../builders';
import { World } from '../subscription/world';

const TAXED = { default_tax_rates: ['txr_ex'], auto_advance: false };

/** A taxed draft of 1000, and what its finalization asks. */
function drafted(): { world: World; invoice: string; asked: TaxQuestion } {
  const world = new World('2026-01-01');
  world.taxes();
  world.pending(1000);
  const invoice = world.manual(TAXED);
  const [asked] = finalized(world, invoice).taxQuestions;
  if (!asked) throw new Error('nothing is asked');
  return { world, invoice, asked };
}

/** The plan of its finalization, of which nothing is written. */
function finalized(world: World, invoice: string, context: Partial<ChangeSet['context']> = {}): ChangeSet {
  const changes = new ChangeSet(world.rows, { ...world.trial().context, preview: false, ...context });
  finalizeInvoice(changes, invoice);
  return changes;
}

/** Takes 7 for each line, whatever its rates. */
function seven(world: World, invoice: string): TaxedLine[] {
  const tax = {
    amount: 7,
    tax_behavior: 'exclusive',
    tax_rate: 'txr_ex',
    taxability_reason: 'standard_rated',
    taxable_amount: 1000,
  } as const;
  return world.lines(invoice).map(({ id }) => ({ line: id, taxes: [{ ...tax }] }));
}

/** What is stored of an earlier plan. */
function keep(world: World, invoice: string, digest: string): void {
  const { account, livemode } = world.rows.get('invoice', invoice);
  const stored = { invoice, account, livemode, created: world.now, provider: 'rates' as const, currency: 'usd', providerCalculations: [] };
  world.rows.put('taxCalculation', { ...stored, digest, lines: seven(world, invoice) });
}

test('a plan that finalizes a taxed invoice requests its tax, with only the terms of the rates', () => {
  const { invoice, asked } = drafted();
  const rates = [{ id: 'txr_ex', percentage: '20', basis: '100', inclusive: false }];
  expect(asked).toMatchObject({ invoice, digest: digestOf(asked.input), input: { currency: 'usd', lines: [{ amount: 1000 }] } });
  expect(asked.input.lines.map((line) => line.rates)).toEqual([rates]);
});

test('the calculated tax is billed and stored', () => {
  const { world, invoice, asked } = drafted();
  const lines = seven(world, invoice);
  const changes = finalized(world, invoice, { taxes: [{ invoice, digest: asked.digest, provider: 'rates', lines }] });
  expect(changes.taxQuestions).toEqual([]);
  expect(changes.rows.get('invoice', invoice)).toMatchObject({ status: 'open', total: 1007, totalTaxes: [{ amount: 7 }] });
  expect(changes.rows.get('taxCalculation', invoice)).toMatchObject({ digest: asked.digest, currency: 'usd', lines });
});

test('the stored tax of the same input is billed without another calculation', () => {
  const { world, invoice, asked } = drafted();
  keep(world, invoice, asked.digest);
  const changes = finalized(world, invoice);
  expect(changes.taxQuestions).toEqual([]);
  expect(changes.rows.get('invoice', invoice)).toMatchObject({ total: 1007 });
});

test('tax calculated for another input is not billed, but calculated again', () => {
  const { world, invoice } = drafted();
  keep(world, invoice, 'of another draft');
  const taxes = [{ invoice, digest: 'of another draft', provider: 'rates' as const, lines: seven(world, invoice) }];
  expect(finalized(world, invoice, { taxes }).taxQuestions).toHaveLength(1);
  world.must('invoice', invoice, 'finalizeInvoice');
  expect(world.rows.get('invoice', invoice)).toMatchObject({ total: 1200, totalTaxes: [{ amount: 200 }] });
});

test('a preview requests no calculation', () => {
  const { world, invoice } = drafted();
  expect(finalized(world, invoice, { preview: true }).taxQuestions).toEqual([]);
});

test('a first invoice is charged with its tax, which is calculated once, before the charge', () => {
  const world = new World('2026-01-01');
  world.taxes();
  world.card('visa');
  world.create({ default_tax_rates: ['txr_ex'], payment_behavior: 'error_if_incomplete' });
  expect([world.charged(), world.taxed]).toEqual([[1200], [world.last().id]]);
});

test('another amount, rate, exemption, line or currency has another digest; the same input has the same', () => {
  const line = { line: 'il_1', amount: 1000, rates: [taxRate('20', false)], taxExempt: 'none' as const };
  const of = (change: Partial<typeof line> = {}, currency = 'usd'): string => digestOf({ currency, lines: [{ ...line, ...change }] });
  const all = [
    ...[of(), of({ amount: 1001 }), of({ rates: [taxRate('21', false)] }), of({ rates: [taxRate('20', true)] }), of({ rates: [] })],
    ...[of({ line: 'il_2' }), of({}, 'eur'), digestOf({ currency: 'usd', lines: [] })],
    digestOf({ currency: 'usd', lines: [{ ...line, taxExempt: 'exempt' }] }),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(of()).toBe(of({ rates: [taxRate('20', false)] }));
});

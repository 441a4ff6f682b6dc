import { taxInputOf } from '../../../domain/invoice/tax';
import { digestOf, taxByRates, type TaxInput } from '../../../domain/line/tax-input';
import { taxRate } from '../builders';
import { World } from '../subscription/world';

const TAXED = { default_tax_rates: ['txr_ex'], auto_advance: false };

function drafted(): { world: World; invoice: string; asked: TaxInput } {
  const world = new World('2026-01-01');
  world.taxes();
  world.pending(1000);
  const invoice = world.manual(TAXED);
  return { world, invoice, asked: askedOf(world, invoice) };
}

function askedOf(world: World, invoice: string): TaxInput {
  const asked = taxInputOf(world.trial(), invoice);
  if (asked === null) throw new Error(`${invoice} is no draft`);
  return asked;
}

/** The answer of a provider that takes 7 for each line, whatever its rates. */
function keep(world: World, invoice: string, digest: string): void {
  const { account, livemode, lines } = { ...world.rows.get('invoice', invoice), lines: world.lines(invoice) };
  const taxes = [
    { amount: 7, tax_behavior: 'exclusive', tax_rate: 'txr_ex', taxability_reason: 'standard_rated', taxable_amount: 1000 },
  ] as const;
  const answer = { digest, currency: 'usd', lines: lines.map(({ id }) => ({ line: id, taxes: [...taxes] })) };
  world.rows.put('taxCalculation', { invoice, account, livemode, created: world.now, provider: 'rates', ...answer });
}

test('an invoice uses the stored tax if its lines are the same', () => {
  const { world, invoice, asked } = drafted();
  keep(world, invoice, digestOf(asked));
  world.must('invoice', invoice, 'finalizeInvoice');
  expect(world.rows.get('invoice', invoice)).toMatchObject({ status: 'open', total: 1007, totalTaxes: [{ amount: 7 }] });
});

test('an invoice does not use the stored tax if a line was added since: it calculates and stores the tax again', () => {
  const { world, invoice, asked } = drafted();
  keep(world, invoice, 'of another draft');
  world.must('invoice', invoice, 'finalizeInvoice');
  expect(world.rows.get('invoice', invoice)).toMatchObject({ total: 1200, totalTaxes: [{ amount: 200 }] });
  expect(world.rows.get('taxCalculation', invoice)).toMatchObject({ digest: digestOf(asked), lines: taxByRates(asked) });
});

test('no tax is calculated for a final invoice', () => {
  const { world, invoice } = drafted();
  world.must('invoice', invoice, 'finalizeInvoice');
  expect(taxInputOf(world.trial(), invoice)).toBeNull();
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

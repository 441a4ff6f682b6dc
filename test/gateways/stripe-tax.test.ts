import { taxesOn } from '../../domain/line/taxes';
import { createStripeTax } from '../../gateways/stripe-tax/stripe-tax';
import { TaxProviderUnavailable, TaxRefused, type RemoteTaxProvider } from '../../gateways/tax-provider';
import type { TaxedSale } from '../../domain/rows/tax-calculation';
import { startStripeTax, type StripeTaxFake } from '../../scripts/stripe-tax';

let fake: StripeTaxFake;
let provider: RemoteTaxProvider;
beforeAll(async () => {
  fake = await startStripeTax();
  provider = createStripeTax({ key: 'sk_test_tax', url: fake.url });
});
afterAll(() => fake.stop());
beforeEach(() => {
  fake.mood = 'answers';
  fake.rate = '20.0';
  fake.basis = 100;
});

const line = (id: string, amount: number, behavior: 'inclusive' | 'exclusive' = 'exclusive') => ({
  ...{ line: id, amount, behavior, taxCode: 'txcd_10103001' },
});

function sale(lines: TaxedSale['lines'], change: Partial<TaxedSale> = {}): TaxedSale {
  const address = { country: 'FR', city: 'Paris', line1: '1 rue Cler', line2: null, postal_code: '75007', state: null };
  const buyer = { address, isShipping: false, taxExempt: 'none' as const, taxIds: [] };
  return { owner: 'acct_1/test', currency: 'eur', instant: Math.floor(Date.now() / 1000), buyer, lines, ...change };
}

test('exclusive, inclusive and negative lines have the provider’s tax; equal taxes name one rate', async () => {
  const { lines, rates, calculations } = await provider.calculate(
    sale([line('il_1', 1000), line('il_2', 1200, 'inclusive'), line('il_3', -500), line('il_4', 70)]),
  );
  expect(lines.map(({ line: id, taxes }) => [id, taxes[0]?.amount, taxes[0]?.taxable_amount])).toEqual([
    ['il_1', 200, 1000],
    ['il_2', 200, 1000],
    ['il_3', -100, -500],
    ['il_4', 14, 70],
  ]);
  expect(rates).toHaveLength(2);
  expect(rates).toMatchObject([
    { percentage: '20', inclusive: false, country: 'FR', displayName: 'VAT', taxType: 'vat', jurisdiction: 'Tax office of FR' },
    { percentage: '20', inclusive: true },
  ]);
  expect(lines[0]?.taxes[0]?.tax_rate).toBe(rates[0]?.id);
  expect(calculations).toHaveLength(1);
});

test.each([
  ['80 % of 1000', /^80$/, 80, 1000],
  ['80 % of 999', /^80$/, 80, 999],
  ['a third of 100000', /^33\.333/, 100 / 3, 100_000],
])('a rate on %s keeps that basis, so that a credit gives back the tax that was charged', async (_case, basis, taxed, amount) => {
  fake.rate = '6.25';
  fake.basis = taxed;
  for (const behavior of ['exclusive', 'inclusive'] as const) {
    const { lines, rates } = await provider.calculate(sale([line('il_1', amount, behavior)]));
    expect(rates).toMatchObject([{ percentage: '6.25', basis: expect.stringMatching(basis) as string }]);
    const charged = lines[0]?.taxes[0]?.amount ?? 0;
    expect(charged).toBeGreaterThan(0);
    expect(taxesOn(-amount, rates, 'none')).toMatchObject([{ amount: -charged, taxability_reason: 'taxable_basis_reduced' }]);
  }
});

test('250 lines are three calculations, and every line has its own tax', async () => {
  const lines = Array.from({ length: 250 }, (_, index) => line(`il_${String(index)}`, 100 * (index + 1)));
  const taxed = await provider.calculate(sale(lines));
  expect(taxed.calculations).toHaveLength(3);
  expect(taxed.lines.map(({ line: id, taxes }) => [id, taxes[0]?.amount])).toEqual(lines.map(({ line: id, amount }) => [id, amount / 5]));
});

test('the date is sent while it is within 31 days; exemptions and tax ids are sent', async () => {
  const instant = Math.floor(Date.now() / 1000) - 86_400;
  const taxIds = [{ type: 'eu_vat' as const, value: 'FRAB123456789' }];
  const buyer = { ...sale([]).buyer, isShipping: true, taxExempt: 'reverse' as const, taxIds };
  await provider.calculate(sale([line('il_1', 100)], { instant, buyer }));
  await provider.calculate(sale([line('il_1', 100)], { instant: instant - 40 * 86_400 }));
  const [near, far] = fake.asked.slice(-2).map(({ body }) => body);
  expect(near).toMatchObject({
    tax_date: String(instant),
    customer_details: {
      address_source: 'shipping',
      tax_ids: { 0: { type: 'eu_vat', value: 'FRAB123456789' } },
      taxability_override: 'reverse_charge',
    },
  });
  expect(far).not.toHaveProperty('tax_date');
});

test('nothing is asked about an invoice without sold lines', async () => {
  const calls = fake.calls;
  expect(await provider.calculate(sale([]))).toEqual({ lines: [], rates: [], levels: {}, calculations: [] });
  expect(fake.calls).toBe(calls);
});

test('an outage passes, a wrong key does not, and a place that is not recognized is refused without its address', async () => {
  const failed = async (mood: StripeTaxFake['mood']): Promise<unknown> => {
    fake.mood = mood;
    return provider.calculate(sale([line('il_1', 100)])).catch((error: unknown) => error);
  };
  expect(await failed('down')).toMatchObject({ name: 'TaxProviderUnavailable', isPassing: true });
  expect(await failed('locked')).toMatchObject({ name: 'TaxProviderUnavailable', isPassing: false });
  const refused = await failed('refuses');
  expect(refused).toBeInstanceOf(TaxRefused);
  expect((refused as Error).message).not.toContain('Main Street');
  const nobody = createStripeTax({ key: 'sk_test_tax', url: 'http://127.0.0.1:9' });
  const silent = await nobody.calculate(sale([line('il_1', 100)])).catch((error: unknown) => error);
  expect(silent).toBeInstanceOf(TaxProviderUnavailable);
  expect(silent).toMatchObject({ isPassing: true });
});

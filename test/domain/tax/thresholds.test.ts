import { placeOf, MEMBER_STATES } from '../../../domain/tax/places';
import type { Seller } from '../../../domain/tax/registrations';
import { standingsOf, type SalesOfMonth } from '../../../domain/tax/thresholds';
import { staleRows } from '../../../domain/tax/rates';
import { TAX_THRESHOLDS } from '../../../domain/tax/threshold-table';

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`) / 1000;
const NOW = { rates: [], instant: at('2026-06-15') };

function seller(country: string, postal_code: string | null = null, registrations: Seller['registrations'] = []): Seller {
  const home = placeOf({ country, postal_code });
  if (home === null) throw new Error(`${country} is no place`);
  return { home, registrations };
}

function sold(country: string, amount: number, change: Partial<SalesOfMonth> & { zip?: string } = {}): SalesOfMonth {
  const { zip = null, ...others } = change;
  const address = { country, state: null, postal_code: zip };
  return { address, currency: 'eur', isBusiness: false, month: '2026-03', amount, sales: 1, ...others };
}

const inArea = (area: string, ...args: Parameters<typeof standingsOf>) => standingsOf(...args).find((each) => each.area === area);

describe('the 10,000 EUR of the Union', () => {
  it('count sales to consumers in other member states, and nothing else', () => {
    const sales = [
      sold('FR', 300_000),
      sold('IT', 500_000),
      sold('DE', 9_000_000),
      sold('FR', 9_000_000, { isBusiness: true }),
      sold('CH', 9_000_000),
      sold('ES', 9_000_000, { zip: '35001' }),
    ];
    expect(inArea('EU', seller('DE'), sales, NOW)).toMatchObject({
      ...{ amount: 800_000, limit: 1_000_000, currency: 'eur', percent: 80, status: 'approaching', counts: 'cross_border_consumers' },
      ...{ periodStart: at('2026-01-01') - 43_200, periodEnd: at('2027-01-01') - 43_200 },
    });
  });

  it.each([
    [999_999, 99, 'approaching'],
    [1_000_000, 100, 'crossed'],
    [799_999, 79, 'below'],
  ])('%d cents are %d %%: %s', (amount, percent, status) => {
    expect(inArea('EU', seller('DE'), [sold('FR', amount)], NOW)).toMatchObject({ percent, status });
  });

  it('a credit note takes back; the year before counts too', () => {
    const sales = [sold('FR', 900_000), sold('FR', -500_000, { sales: 0, month: '2026-04' }), sold('FR', 850_000, { month: '2025-12' })];
    expect(inArea('EU', seller('DE'), sales, NOW)).toMatchObject({ amount: 850_000, periodEnd: at('2026-01-01') - 43_200 });
    expect(inArea('EU', seller('DE'), [sold('FR', 5_000_000, { month: '2024-12' })], NOW)).toBeUndefined();
  });

  it('a seller outside registers from the first sale on, and for one with the One Stop Shop it says registered', () => {
    expect(inArea('EU', seller('US', '10001'), [sold('FR', 1)], NOW)).toMatchObject({ limit: 0, percent: 100, status: 'crossed' });
    const oss = { country: 'DE', type: 'oss_union' as const, scheme: null, state: null, activeFrom: 0, expiresAt: null, created: 0 };
    expect(inArea('EU', seller('DE', null, [oss]), [sold('FR', 5_000_000)], NOW)).toMatchObject({ status: 'registered', percent: 500 });
  });
});

describe('states of the United States', () => {
  const dollars = (zip: string, amount: number, sales = 1, month = '2026-03') => sold('US', amount, { zip, currency: 'usd', sales, month });

  it('either the amount or the number of sales is enough in Georgia; both are needed in New York', () => {
    const sales = [dollars('30301', 100_000, 160), dollars('10001', 60_000_000, 50)];
    expect(inArea('US-GA', seller('DE'), sales, NOW)).toMatchObject({ percent: 80, sales: 160, salesLimit: 200, status: 'approaching' });
    expect(inArea('US-NY', seller('DE'), sales, NOW)).toMatchObject({ percent: 50, status: 'below' });
    expect(inArea('US-NY', seller('DE'), [...sales, dollars('10001', 1, 50)], NOW)).toMatchObject({ percent: 100, status: 'crossed' });
  });

  it('counts sales to businesses as well', () => {
    expect(inArea('US-CA', seller('DE'), [{ ...dollars('90001', 40_000_000), isBusiness: true }], NOW)).toMatchObject({ percent: 80 });
  });

  it('Illinois counts sales until the end of 2025 on its own clock', () => {
    const sales = [dollars('60601', 100, 200, '2025-12')];
    const end = Date.parse('2026-01-01T05:59:59Z') / 1000;
    expect(inArea('US-IL', seller('DE'), sales, { rates: [], instant: end })).toMatchObject({ percent: 100, salesLimit: 200 });
    expect(inArea('US-IL', seller('DE'), sales, { rates: [], instant: end + 1 })).toMatchObject({ percent: 0, salesLimit: null });
  });

  it('Kentucky counts sales until the end of July 2026 on its own clock', () => {
    const sales = [dollars('40202', 100, 200, '2026-07')];
    const end = Date.parse('2026-08-01T03:59:59Z') / 1000;
    expect(inArea('US-KY', seller('DE'), sales, { rates: [], instant: end })).toMatchObject({ percent: 100, salesLimit: 200 });
    expect(inArea('US-KY', seller('DE'), sales, { rates: [], instant: end + 1 })).toMatchObject({ percent: 0, salesLimit: null });
  });

  it('Connecticut’s year ends with September', () => {
    const sales = [dollars('06101', 6_000_000, 120, '2025-09'), dollars('06101', 6_000_000, 120, '2025-10')];
    expect(inArea('US-CT', seller('DE'), sales, NOW)).toMatchObject({ percent: 60 });
    const year = [dollars('06101', 6_000_000, 120, '2025-10'), dollars('06101', 6_000_000, 120, '2026-05')];
    expect(inArea('US-CT', seller('DE'), year, NOW)).toMatchObject({ percent: 120, status: 'crossed' });
  });
});

test('a rolling year has this month and the eleven before', () => {
  const krone = (month: string) => sold('NO', 5_000_000, { currency: 'nok', month });
  expect(inArea('NO', seller('DE'), [krone('2025-07')], NOW)).toMatchObject({ status: 'crossed' });
  expect(inArea('NO', seller('DE'), [krone('2025-06')], NOW)).toBeUndefined();
});

test('Switzerland counts the turnover of the whole world; a sale in another currency is left out and shown', () => {
  const sales = [sold('US', 1_000_000, { zip: '90001', currency: 'chf' }), sold('CH', 700_000, { currency: 'eur' })];
  expect(inArea('CH', seller('DE'), sales, NOW)).toMatchObject({
    ...{ amount: 1_000_000, limit: 10_000_000, percent: 10, leftOut: [{ currency: 'eur', amount: 700_000 }] },
  });
});

test('South Africa’s threshold is 2,300,000 rand from April 2026 on, on its own clock', () => {
  const sales = [sold('ZA', 115_000_000, { currency: 'zar' })];
  const end = Date.parse('2026-03-31T21:59:59Z') / 1000;
  expect(inArea('ZA', seller('DE'), sales, { rates: [], instant: end })).toMatchObject({ limit: 100_000_000, status: 'crossed' });
  expect(inArea('ZA', seller('DE'), sales, { rates: [], instant: end + 1 })).toMatchObject({
    limit: 230_000_000,
    percent: 50,
    status: 'below',
  });
});

test('a sale in another currency counts at the last rate up to the end of its month; without one it is left out', () => {
  const rate = (fromCurrency: string, amount: string, day: string) => ({ fromCurrency, toCurrency: 'eur', rate: amount, day });
  const rates = [rate('usd', '0.9', '2026-03-31'), rate('usd', '0.8', '2026-05-10'), rate('gbp', '1.15', '2026-04-01')];
  const foreign = (currency: string, month: string, amount: number) => sold('FR', amount, { currency, month });
  const sales = [
    sold('IT', 100_000),
    ...[foreign('usd', '2026-03', 100_001), foreign('usd', '2026-05', 100_000)],
    foreign('gbp', '2026-03', 5000),
  ];
  expect(inArea('EU', seller('DE'), sales, { ...NOW, rates })).toMatchObject({
    ...{ amount: 100_000 + 90_001 + 80_000, sales: 4, percent: 27 },
    converted: [{ currency: 'usd', amount: 200_001, convertedAmount: 170_001 }],
    leftOut: [{ currency: 'gbp', amount: 5000 }],
  });
});

test('a British seller has the domestic threshold, others register from the first sale on', () => {
  const sales = [sold('GB', 900_000, { currency: 'gbp' })];
  expect(inArea('GB', seller('GB'), sales, NOW)).toMatchObject({ limit: 9_000_000, percent: 10 });
  expect(inArea('GB', seller('DE'), sales, NOW)).toMatchObject({ limit: 0, status: 'crossed' });
});

test('Québec has a threshold of its own beside the federal one', () => {
  const sales = [sold('CA', 2_700_000, { zip: 'H2X', currency: 'cad' }), sold('CA', 300_000, { zip: 'M5V', currency: 'cad' })];
  const areas = standingsOf(seller('DE'), sales, NOW).map(({ area, percent }) => [area, percent]);
  expect(areas).toEqual([
    ['CA', 100],
    ['CA-QC', 90],
    ['CH', 0],
  ]);
});

test('the table has one row for each area, kind of seller and day; every row has a source and a currency', () => {
  const overlaps = TAX_THRESHOLDS.flatMap((one, index) =>
    TAX_THRESHOLDS.slice(index + 1).filter(
      (other) =>
        one.area === other.area &&
        (one.sellers === other.sellers || one.sellers === 'both' || other.sellers === 'both') &&
        (one.from ?? '') < (other.to ?? '9999') &&
        (other.from ?? '') < (one.to ?? '9999'),
    ),
  );
  expect(overlaps).toEqual([]);
  for (const { source, currency, amount } of TAX_THRESHOLDS) {
    expect(source.length).toBeGreaterThan(5);
    expect(currency).toMatch(/^[a-z]{3}$/);
    expect(amount).toMatch(/^\d+$/);
  }
});

test('every state with a sales tax has a threshold, and no member state has one of its own', () => {
  const states = new Set(TAX_THRESHOLDS.map(({ area }) => area).filter((area) => area.startsWith('US-')));
  expect(states.size).toBe(47);
  for (const state of ['DE', 'MT', 'NH', 'OR']) expect(states.has(`US-${state}`)).toBe(false);
  expect(TAX_THRESHOLDS.filter(({ area }) => MEMBER_STATES.includes(area))).toEqual([]);
});

describe('the table', () => {
  it('names the law of every row, and with what a row was compared; every row in force was compared', () => {
    for (const { source, comparedWith, checkedOn } of TAX_THRESHOLDS) {
      expect(source.length).toBeGreaterThan(8);
      expect(comparedWith === null).toBe(checkedOn === null);
      if (comparedWith !== null) expect(comparedWith.length).toBeGreaterThan(20);
    }
    const never = staleRows(TAX_THRESHOLDS, '2026-11-29').filter(({ checkedOn }) => checkedOn === null);
    expect(never.map(({ area }) => area)).toEqual([]);
  });

  it('reminds of rows that were never compared, and of those that were compared more than a year ago', () => {
    const stale = (today: string) => staleRows(TAX_THRESHOLDS, today).map(({ area }) => area);
    expect(stale('2026-11-30')).toContain('KR');
    expect(stale('2026-11-30')).not.toContain('NO');
    expect(stale('2027-11-30')).toContain('NO');
    expect(stale('2026-12-31')).not.toContain('US-NY');
    expect(stale('2027-01-01')).toContain('US-NY');
  });
});

import { RATES, ratesIn, staleRows } from '../../../domain/tax/rates';
import type { DatedRate } from '../../../domain/tax/dated-rate';
import { MEMBER_STATES } from '../../../domain/tax/places';
import { dayIn } from '../../../domain/tax/time-zones';

/** The last second of the old rate and the first of the new one, written with the offset that clocks there show. */
const CHANGES: [place: string, before: string, old: string, after: string, now: string][] = [
  ['DE', '2020-06-30T23:59:59+02:00', '19', '2020-07-01T00:00:00+02:00', '16'],
  ['DE', '2020-12-31T23:59:59+01:00', '16', '2021-01-01T00:00:00+01:00', '19'],
  ['EE', '2023-12-31T23:59:59+02:00', '20', '2024-01-01T00:00:00+02:00', '22'],
  ['EE', '2025-06-30T23:59:59+03:00', '22', '2025-07-01T00:00:00+03:00', '24'],
  ['FI', '2024-08-31T23:59:59+03:00', '24', '2024-09-01T00:00:00+03:00', '25.5'],
  ['IE', '2020-08-31T23:59:59+01:00', '23', '2020-09-01T00:00:00+01:00', '21'],
  ['IE', '2021-02-28T23:59:59+00:00', '21', '2021-03-01T00:00:00+00:00', '23'],
  ['LU', '2022-12-31T23:59:59+01:00', '17', '2023-01-01T00:00:00+01:00', '16'],
  ['LU', '2023-12-31T23:59:59+01:00', '16', '2024-01-01T00:00:00+01:00', '17'],
  ['RO', '2025-07-31T23:59:59+03:00', '19', '2025-08-01T00:00:00+03:00', '21'],
  ['SK', '2024-12-31T23:59:59+01:00', '20', '2025-01-01T00:00:00+01:00', '23'],
  ['CH', '2023-12-31T23:59:59+01:00', '7.7', '2024-01-01T00:00:00+01:00', '8.1'],
  ['LI', '2023-12-31T23:59:59+01:00', '7.7', '2024-01-01T00:00:00+01:00', '8.1'],
  ['TR', '2023-07-09T23:59:59+03:00', '18', '2023-07-10T00:00:00+03:00', '20'],
  ['RU', '2025-12-31T23:59:59+03:00', '20', '2026-01-01T00:00:00+03:00', '22'],
  ['SG', '2022-12-31T23:59:59+08:00', '7', '2023-01-01T00:00:00+08:00', '8'],
  ['SG', '2023-12-31T23:59:59+08:00', '8', '2024-01-01T00:00:00+08:00', '9'],
  ['KZ', '2025-12-31T23:59:59+05:00', '12', '2026-01-01T00:00:00+05:00', '16'],
  ['MY', '2024-02-29T23:59:59+08:00', '6', '2024-03-01T00:00:00+08:00', '8'],
  ['PH', '2025-05-31T23:59:59+08:00', '', '2025-06-01T00:00:00+08:00', '12'],
  ['SA', '2020-06-30T23:59:59+03:00', '', '2020-07-01T00:00:00+03:00', '15'],
  ['BH', '2021-12-31T23:59:59+03:00', '5', '2022-01-01T00:00:00+03:00', '10'],
  ['OM', '2021-04-15T23:59:59+04:00', '', '2021-04-16T00:00:00+04:00', '5'],
  ['PE', '2024-11-30T23:59:59-05:00', '', '2024-12-01T00:00:00-05:00', '18'],
  ['EC', '2024-03-31T23:59:59-05:00', '12', '2024-04-01T00:00:00-05:00', '15'],
  ['CA-NS', '2025-03-31T23:59:59-03:00', '15', '2025-04-01T00:00:00-03:00', '14'],
  ['CA-MB', '2025-12-31T23:59:59-06:00', '5+0', '2026-01-01T00:00:00-06:00', '5+7'],
  ['US-CA', '2026-12-31T23:59:59-08:00', '0', '2027-01-01T00:00:00-08:00', '7.25'],
  ['US-CO', '2026-12-31T23:59:59-07:00', '0', '2027-01-01T00:00:00-07:00', '2.9'],
  ['US-DC', '2027-09-30T23:59:59-04:00', '6', '2027-10-01T00:00:00-04:00', '7'],
  ['US-KY', '2022-12-31T23:59:59-05:00', '0', '2023-01-01T00:00:00-05:00', '6'],
  ['US-LA', '2024-12-31T23:59:59-06:00', '0', '2025-01-01T00:00:00-06:00', '5'],
  ['US-MD', '2025-06-30T23:59:59-04:00', '0', '2025-07-01T00:00:00-04:00', '3'],
  ['US-NM', '2022-06-30T23:59:59-06:00', '', '2022-07-01T00:00:00-06:00', '5'],
  ['US-NM', '2023-06-30T23:59:59-06:00', '5', '2023-07-01T00:00:00-06:00', '4.875'],
  ['US-SD', '2023-06-30T23:59:59-05:00', '4.5', '2023-07-01T00:00:00-05:00', '4.2'],
  ['US-SD', '2027-06-30T23:59:59-05:00', '4.2', '2027-07-01T00:00:00-05:00', '4.5'],
  ['US-VT', '2024-06-30T23:59:59-04:00', '0', '2024-07-01T00:00:00-04:00', '6'],
];

function rateAt(place: string, iso: string): string {
  const rows = ratesIn(place, Date.parse(iso) / 1000).filter(({ supplies }) => supplies.includes('saas_business'));
  return rows.map(({ rate }) => rate).join('+');
}

describe('a rate changes at midnight in the place’s own time zone', () => {
  test.each(CHANGES.map(([place, before, old, after, now]) => ({ place, before, old, after, now })))(
    '$place: $before still $old %, $after already $now %',
    ({ place, before, old, after, now }) => {
      expect([rateAt(place, before), rateAt(place, after)]).toEqual([old, now]);
    },
  );

  it('every change in the table has a test here', () => {
    const tested = CHANGES.map(([place, , , after]) => `${place} ${after.slice(0, 10)}`);
    const inTable = RATES.flatMap(({ place, from }) => (from === null ? [] : [`${place} ${from}`]));
    expect([...new Set(inTable)].sort()).toEqual(tested.sort());
  });
});

describe('the table', () => {
  it('has every member state of the Union, once for every day', () => {
    for (const member of MEMBER_STATES) expect([member, ratesIn(member, Date.parse('2026-11-28') / 1000).length]).toEqual([member, 1]);
  });

  it('has no two rows for one place, kind, supply and day', () => {
    const overlaps = RATES.flatMap((one, index) => RATES.slice(index + 1).filter((other) => areBothInForce(one, other)));
    expect(overlaps).toEqual([]);
  });

  it('has a source, a valid percentage and a time zone in every row', () => {
    for (const { place, rate, basis, source } of RATES) {
      expect(source).not.toBe('');
      expect(rate).toMatch(/^\d{1,2}(\.\d{1,4})?$/);
      expect(basis).toMatch(/^\d{1,3}$/);
      expect(dayIn(place, 0)).toMatch(/^19(69|70)-/);
    }
  });

  it('says with what a row was compared, and as of which day; every row in force was compared', () => {
    for (const { comparedWith, checkedOn } of RATES) {
      expect(comparedWith === null).toBe(checkedOn === null);
      if (checkedOn !== null) expect(new Date(checkedOn).toISOString().slice(0, 10)).toBe(checkedOn);
    }
    const never = staleRows(RATES, '2026-11-29').filter(({ checkedOn }) => checkedOn === null);
    expect(never.map(({ place }) => place)).toEqual([]);
  });

  it('has all fifty states and the District of Columbia, except the two that are disputed', () => {
    const states = new Set(RATES.filter(({ place }) => /^US-..$/.test(place)).map(({ place }) => place));
    expect(states.size).toBe(49);
    expect(states.has('US-AL') || states.has('US-MS')).toBe(false);
  });
});

it('a row that nobody checked for a year, or ever, is stale while it is in force', () => {
  const row = (change: Partial<DatedRate>): DatedRate => ({ ...(RATES[0] as DatedRate), ...change });
  const rows = [
    ...[row({ checkedOn: '2025-11-27' }), row({ checkedOn: '2025-11-28' }), row({ checkedOn: null })],
    ...[row({ checkedOn: null, to: '2026-11-28' }), row({ checkedOn: null, to: '2026-11-29' })],
  ];
  expect(staleRows(rows, '2026-11-28')).toEqual([rows[0], rows[2], rows[4]]);
});

function areBothInForce(one: DatedRate, other: DatedRate): boolean {
  const same = one.place === other.place && one.kind === other.kind && one.supplies.some((supply) => other.supplies.includes(supply));
  return same && (one.from ?? '') < (other.to ?? '9999') && (other.from ?? '') < (one.to ?? '9999');
}

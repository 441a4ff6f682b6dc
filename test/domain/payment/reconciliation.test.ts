import fc from 'fast-check';
import { differencesBetween, fromCsv, recordIn, toCsv } from '../../../domain/payment/reconciliation';
import { SETTLED_KINDS, type Booked, type Settled } from '../../../domain/rows/reconciliation';

/** Our books of a day against a processor's record. */

const [FROM, TO] = [1_000_000, 1_086_400];

const settled = (change: Partial<Settled> = {}): Settled => ({
  ...{ kind: 'charge', reference: 'pi_1/attempt-1', amount: 1900, currency: 'usd', status: 'succeeded', fee: 85, at: FROM + 60 },
  ...change,
});
const booked = (change: Partial<Booked> = {}): Booked => ({ ...settled(), object: 'ch_1', ...change });
const kinds = (ours: Booked[], theirs: Settled[]): string[] =>
  differencesBetween({ ours, theirs: { kinds: SETTLED_KINDS, rows: theirs }, from: FROM, to: TO }).map(({ kind }) => kind);

const entries = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom(...SETTLED_KINDS),
    reference: fc.stringMatching(/^[a-z0-9_/-]{1,12}$/),
    amount: fc.integer({ min: 1, max: 99_999_999_999 }),
    currency: fc.constantFrom('usd', 'eur', 'jpy'),
    status: fc.constantFrom('succeeded' as const, 'failed' as const),
    fee: fc.option(fc.nat(10_000)),
    at: fc.integer({ min: FROM - 3600, max: TO + 3599 }),
  }),
  { selector: ({ kind, reference }) => `${kind}/${reference}` },
);

test('two records that are the same do not differ, in whatever order', () => {
  fc.assert(
    fc.property(entries, (all) => {
      const ours = all.map((each, index) => ({ ...each, object: `ch_${String(index)}` }));
      expect(kinds(ours, all.toReversed())).toEqual([]);
    }),
  );
});

test('each thing that one record has and the other has not is found once, if it is of the day and has moved money', () => {
  fc.assert(
    fc.property(entries, fc.infiniteStream(fc.constantFrom('both', 'ours', 'theirs')), (all, places) => {
      const placed = all.map((each) => ({ each, place: places.next().value as string }));
      const ours = placed.filter(({ place }) => place !== 'theirs').map(({ each }) => ({ ...each, object: 'ch_1' }));
      const theirs = placed.filter(({ place }) => place !== 'ours').map(({ each }) => each);
      const counts = ({ at, status }: Settled): boolean => at >= FROM && at < TO && status === 'succeeded';
      const missing = (place: string): number => placed.filter((of) => of.place === place && counts(of.each)).length;
      const found = kinds(ours, theirs);
      expect(found.filter((kind) => kind === 'missing_here')).toHaveLength(missing('theirs'));
      expect(found.filter((kind) => kind === 'missing_there')).toHaveLength(missing('ours'));
      expect(found).toHaveLength(missing('theirs') + missing('ours'));
    }),
  );
});

test('amount, currency, status and fee are compared, each by itself; a fee that the record does not say is not', () => {
  expect(kinds([booked()], [settled({ amount: 1901 })])).toEqual(['amount']);
  expect(kinds([booked()], [settled({ currency: 'eur' })])).toEqual(['currency']);
  expect(kinds([booked()], [settled({ status: 'failed' })])).toEqual(['status']);
  expect(kinds([booked()], [settled({ fee: 84 })])).toEqual(['fee']);
  expect(kinds([booked()], [settled({ fee: null })])).toEqual([]);
  expect(kinds([booked()], [settled({ amount: 1, fee: 1 })])).toEqual(['amount', 'fee']);
});

test('what the processor did just after midnight, and we just before, is the same', () => {
  expect(kinds([booked({ at: TO - 1 })], [settled({ at: TO + 30 })])).toEqual([]);
});

test('of kinds that a processor does not record, nothing is missing there', () => {
  const ours = [booked({ kind: 'dispute', reference: 'dp_1' })];
  const compare = (rows: Settled[]) => differencesBetween({ ours, theirs: recordIn(rows), from: FROM, to: TO }).map(({ kind }) => kind);
  expect(compare([])).toEqual([]);
  expect(compare([settled({ kind: 'dispute_reversal', reference: 'dp_2' })])).toEqual(['missing_here', 'missing_there']);
});

test('a file that is written can be read again', () => {
  fc.assert(
    fc.property(entries, (all) => {
      expect(fromCsv(toCsv(all))).toEqual(all);
    }),
  );
});

test('a line that cannot be read is named', () => {
  const file = (...lines: string[]): string => ['kind,reference,amount,currency,status,fee,at', ...lines].join('\r\n');
  const problem = (text: string): number | null => {
    const read = fromCsv(text);
    return Array.isArray(read) ? null : read.line;
  };
  expect(problem('amount,currency')).toBe(1);
  expect(problem(file('charge,pi_1,1900,usd,succeeded,,1000', 'payout,po_1,1900,usd,succeeded,,1000'))).toBe(3);
  expect(problem(file('charge,pi_1,19.00,usd,succeeded,,1000'))).toBe(2);
  expect(problem(file('charge,pi_1,1900,USD,succeeded,,1000'))).toBe(2);
  expect(problem(file('charge,,1900,usd,succeeded,,1000'))).toBe(2);
  expect(problem(file('charge,pi_1,1900,usd,succeeded,,1000', 'charge,pi_1,1900,usd,succeeded,,1000'))).toBe(3);
  expect(problem(file('charge,pi_1,1900,usd,succeeded,,1000,more'))).toBe(2);
});

test('a file of as many rows as fit is read at once', () => {
  const rows = Array.from({ length: 30_000 }, (_, index) => settled({ reference: `pi_${String(index)}/a` }));
  const began = performance.now();
  expect(fromCsv(toCsv(rows))).toHaveLength(30_000);
  expect(performance.now() - began).toBeLessThan(2_000);
});

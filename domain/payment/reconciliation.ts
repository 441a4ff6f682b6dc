/**
 * Compares our books with a processor's record. What it did on the day must be ours, whenever we have booked it; what we have booked on the day must be
 * in its record, which may reach a little beyond the day, because both clocks differ.
 */
import {
  SETTLED_KINDS,
  type Booked,
  type Difference,
  type DifferenceKind,
  type Settled,
  type SettlementRecord,
} from '../rows/reconciliation';

interface Compared {
  /** What we have booked on the day, and everything that the record names. */
  ours: readonly Booked[];
  theirs: SettlementRecord;
  from: number;
  to: number;
}

/** Every difference, each thing once for each way in which it differs. */
export function differencesBetween({ ours: booked, theirs: { kinds, rows: theirs }, from, to }: Compared): Difference[] {
  const ours = booked.filter(({ kind }) => kinds.includes(kind));
  const isOfDay = ({ at }: Settled): boolean => at >= from && at < to;
  const known = new Map(ours.map((each) => [keyOf(each), each]));
  const recorded = new Map(theirs.map((each) => [keyOf(each), each]));
  const unknown = [...recorded.values()].filter((each) => isOfDay(each) && each.status === 'succeeded' && !known.has(keyOf(each)));
  const lost = [...known.values()].filter((each) => isOfDay(each) && each.status === 'succeeded' && !recorded.has(keyOf(each)));
  const both = [...recorded.values()].flatMap((each) => {
    const own = known.get(keyOf(each));
    return own === undefined ? [] : waysToDiffer(own, each).map((kind) => differenceOf(kind, own, each));
  });
  return [
    ...unknown.map((each) => differenceOf('missing_here', null, each)),
    ...lost.map((each) => differenceOf('missing_there', each, null)),
    ...both,
  ];
}

const keyOf = ({ kind, reference }: Settled): string => `${kind}/${reference}`;

function waysToDiffer(ours: Settled, theirs: Settled): DifferenceKind[] {
  const ways: DifferenceKind[] = [];
  if (ours.currency !== theirs.currency) ways.push('currency');
  if (ours.amount !== theirs.amount) ways.push('amount');
  if (ours.status !== theirs.status) ways.push('status');
  if (theirs.fee !== null && ours.fee !== null && ours.fee !== theirs.fee) ways.push('fee');
  return ways;
}

function differenceOf(kind: DifferenceKind, ours: Booked | null, theirs: Settled | null): Difference {
  const of = ours ?? theirs;
  if (of === null) throw new Error('a difference is about nothing');
  return { kind, objectKind: of.kind, reference: of.reference, object: ours?.object ?? null, ours, theirs };
}

/** The columns of a settlement file. */
const COLUMNS = ['kind', 'reference', 'amount', 'currency', 'status', 'fee', 'at'] as const;

export const toCsv = (rows: readonly Settled[]): string =>
  [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((column) => String(row[column] ?? '')).join(','))].join('\n');

/** The rows of a file, or the line that is wrong and why. Lines are counted from 1, the header. */
export function fromCsv(text: string): Settled[] | { line: number; problem: string } {
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  if (header.trim() !== COLUMNS.join(',')) return { line: 1, problem: `the first line must be ${COLUMNS.join(',')}` };
  const rows = new Map<string, Settled>();
  for (const [index, line] of lines.entries()) {
    const row = settledIn(line);
    if (typeof row === 'string') return { line: index + 2, problem: row };
    if (rows.has(keyOf(row))) return { line: index + 2, problem: `${row.kind} ${row.reference} is there twice` };
    rows.set(keyOf(row), row);
  }
  return [...rows.values()];
}

/** What each value of a line must be. */
const FORMS: Record<(typeof COLUMNS)[number], { form: RegExp; words: string }> = {
  kind: { form: new RegExp(`^(${SETTLED_KINDS.join('|')})$`), words: 'charge, refund, dispute or dispute_reversal' },
  reference: { form: /^[^\s"]{1,255}$/, words: 'a text without spaces and quotes' },
  amount: { form: /^\d{1,15}$/, words: 'a whole number' },
  currency: { form: /^[a-z]{3}$/, words: 'three small letters' },
  status: { form: /^(succeeded|failed)$/, words: 'succeeded or failed' },
  fee: { form: /^\d{0,15}$/, words: 'a whole number, or empty' },
  at: { form: /^\d{1,15}$/, words: 'a whole number' },
};

/** A file has every charge and refund of its day. Of disputes it is a record only if it has one, because not every processor's file has them. */
export function recordIn(rows: readonly Settled[]): SettlementRecord {
  const hasDisputes = rows.some(({ kind }) => kind === 'dispute' || kind === 'dispute_reversal');
  return { kinds: hasDisputes ? SETTLED_KINDS : ['charge', 'refund'], rows };
}

function settledIn(line: string): Settled | string {
  const values = line.split(',');
  if (values.length !== COLUMNS.length) return `it has ${String(values.length)} values, not ${String(COLUMNS.length)}`;
  const wrong = COLUMNS.find((column, index) => !FORMS[column].form.test(values[index] ?? ''));
  if (wrong !== undefined) return `${wrong} must be ${FORMS[wrong].words}`;
  const [kind, reference = '', amount, currency = '', status, fee = '', at] = values;
  const of = { kind: kind as Settled['kind'], reference, amount: Number(amount), currency, status: status as Settled['status'] };
  return { ...of, fee: fee === '' ? null : Number(fee), at: Number(at) };
}

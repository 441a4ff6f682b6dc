/**
 * How much money a commit moves or bills, by what it writes alone: whichever operation, parameter or path has led to it. The larger of two measures
 * counts for each currency: what any account of the ledger changes by, and what the rows of one kind that move money add up to.
 */
import type { ChangeSet } from '../core/change-set';
import type { RowTypes } from '../rows/rows';
import type { MovedAmount } from './approvals';

type Measured =
  'creditGrant' | 'creditNote' | 'customerBalanceTransaction' | 'dispute' | 'invoiceItem' | 'paymentAttempt' | 'paymentIntent' | 'refund';

/** By how much a row that is written moves more than before. */
type Measure<Kind extends Measured> = (row: RowTypes[Kind], before: RowTypes[Kind] | undefined) => number;

/** What is booked by a later commit, once the processor has answered, or stays beside the ledger. */
const MEASURES: { [Kind in Measured]: Measure<Kind> } = {
  creditGrant: ({ amount, expiresAt, voidedAt }, before) =>
    before === undefined || before.voidedAt !== voidedAt || before.expiresAt !== expiresAt ? amount : 0,
  creditNote: ({ status, total }, before) => (before?.status === status ? 0 : total),
  customerBalanceTransaction: ({ amount }, before) => (before === undefined ? amount : 0),
  dispute: ({ amount, pendingCall }, before) => (pendingCall === 'close' && before?.pendingCall !== 'close' ? amount : 0),
  invoiceItem: (item, before) => waiting(item) - (before === undefined ? 0 : waiting(before)),
  paymentAttempt: ({ amount, kind, status }, before) => (kind === 'payment' && status === 'open' && before?.status !== 'open' ? amount : 0),
  paymentIntent: ({ captureRequested }, before) =>
    captureRequested !== null && before?.captureRequested !== captureRequested ? captureRequested : 0,
  refund: ({ amount }, before) => (before === undefined ? amount : 0),
};

const waiting = ({ amount, deleted }: RowTypes['invoiceItem']): number => (deleted ? 0 : amount);

export function movedBy(changes: Pick<ChangeSet, 'base' | 'changed' | 'postings' | 'rows'>): MovedAmount[] {
  const most = new Map<string, number>();
  const kinds = Object.keys(MEASURES) as Measured[];
  for (const { amount, currency } of sumsOf([...entriesOf(changes), ...kinds.flatMap((kind) => rowsOf(changes, kind))])) {
    most.set(currency, Math.max(most.get(currency) ?? 0, Math.abs(amount)));
  }
  return [...most].filter(([, amount]) => amount > 0).map(([currency, amount]) => ({ currency, amount }));
}

/** An account of the ledger, or a kind of row. */
type Part = MovedAmount & { of: string };

const entriesOf = ({ postings }: Pick<ChangeSet, 'postings'>): Part[] =>
  postings.flatMap(({ entries }) => entries.map(({ amount, currency, ledgerAccount }) => ({ amount, currency, of: ledgerAccount })));

function rowsOf({ base, changed, rows }: Pick<ChangeSet, 'base' | 'changed' | 'rows'>, kind: Measured): Part[] {
  const measure = MEASURES[kind] as (row: RowTypes[Measured], before: RowTypes[Measured] | undefined) => number;
  return [...(changed.get(kind) ?? [])].map((key) => {
    const row = rows.get(kind, key);
    return { of: kind, currency: row.currency, amount: measure(row, base.find(kind, key)) };
  });
}

function sumsOf(parts: readonly Part[]): MovedAmount[] {
  const sums = new Map<string, MovedAmount>();
  for (const { amount, currency, of } of parts) {
    const key = `${currency} ${of}`;
    sums.set(key, { currency, amount: (sums.get(key)?.amount ?? 0) + amount });
  }
  return [...sums.values()];
}

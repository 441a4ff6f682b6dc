/** The ledger beside invoices, refunds and the processor's transactions: what is billed, its tax, what is owed, given back, earned and there. */
import type Stripe from 'stripe';
import { allRows, type Ask, type Figure, type Json } from './figure';
import { netOf, sum, taxOf, type Books } from './read';
import { deferredOf, earnedOf, type Schedule } from './revenue';

interface Entry {
  amount: number;
  id: string;
  posted: number;
  transaction: string;
  type: string;
}

interface Month {
  start: number;
  end: number;
}

interface BalanceRow {
  account: string;
  currency: string;
  closing_balance: number;
  net_change: number;
}

const ALWAYS = { from: 0, to: 4_102_444_800 };
const nameOf = ({ start }: Month): string => new Date(start * 1000).toISOString().slice(0, 7);

const balancesOf = async (ask: Ask, span: Record<string, number | string>, currency: string): Promise<BalanceRow[]> =>
  ((await ask('/v1/ledger/trial_balance', span)) as unknown as { rows: BalanceRow[] }).rows.filter((row) => row.currency === currency);

const entriesOf = (ask: Ask, account: string, currency: string): Promise<Entry[]> =>
  allRows<Entry>(ask, `/v1/ledger/accounts/${account}/statement`, { ...ALWAYS, currency, limit: 1000 });

export async function ledger(
  ask: Ask,
  books: Books,
  { currency, months }: { currency: string; months: readonly Month[] },
): Promise<Figure[]> {
  const rows = await balancesOf(ask, ALWAYS, currency);
  const taxAccounts = rows.map(({ account }) => account).filter((account) => account.startsWith('tax_payable'));
  const names = ['revenue', 'deferred_revenue', 'cash_clearing', ...taxAccounts];
  const statements = new Map(await Promise.all(names.map(async (name) => [name, await entriesOf(ask, name, currency)] as const)));
  const posted = (accounts: readonly string[], type: string): number =>
    0 - sum(accounts.flatMap((name) => (statements.get(name) ?? []).filter((entry) => entry.type === type).map(({ amount }) => amount)));
  const balanceOf = (account: string): number => sum(rows.filter((row) => row.account === account).map((row) => row.closing_balance));
  const final = books.allInvoices.filter((each) => each.currency === currency && each.status !== 'draft');
  const own = <T extends { currency: string }>(all: readonly T[]): T[] => all.filter((each) => each.currency === currency);
  const open = final.filter(({ status }) => status === 'open');
  const figure = (name: string, shown: unknown, expected: unknown): Figure => ({ name: `${currency}: ${name}`, shown, expected });
  return [
    figure(
      'billed',
      posted(['revenue', 'deferred_revenue'], 'invoice_finalized'),
      sum(final.map((each) => each.total - taxOf(each.total_taxes))),
    ),
    figure('tax', posted(taxAccounts, 'invoice_finalized'), sum(final.map((each) => taxOf(each.total_taxes)))),
    figure('tax of credit notes', posted(taxAccounts, 'credit_note_issued'), 0 - sum(own(books.creditNotes).map(taxOfNote))),
    figure('owed by customers', balanceOf('receivable'), sum(open.map((each) => each.amount_remaining))),
    figure('cash at the processor', balanceOf('cash_clearing'), sum(own(books.moves).map(({ net }) => net))),
    figure('refunds', posted(['cash_clearing'], 'refund'), sum(own(books.refunds).map(({ amount }) => amount))),
    ...(await cashByMonth(ask, own(books.moves), { currency, months })),
    ...(await revenueByMonth(ask, final, { currency, months, statements })),
  ];
}

const taxOfNote = ({ total_taxes: taxes }: Stripe.CreditNote): number => taxOf(taxes);

function cashByMonth(
  ask: Ask,
  moves: readonly Stripe.BalanceTransaction[],
  { currency, months }: { currency: string; months: readonly Month[] },
): Promise<Figure[]> {
  return Promise.all(
    months.map(async (month) => {
      const rows = await balancesOf(ask, { from: month.start, to: month.end }, currency);
      const inside = moves.filter(({ created }) => created >= month.start && created < month.end);
      return {
        name: `${currency}: cash of ${nameOf(month)}`,
        shown: rows.find(({ account }) => account === 'cash_clearing')?.net_change ?? 0,
        expected: sum(inside.map(({ net }) => net)),
      };
    }),
  );
}

interface Waterfall {
  currency: string;
  deferred: number;
  period: string;
  recognized: number;
}

/** What lines earn by the second, what took some of that away, and what was earned at once. */
async function revenueByMonth(
  ask: Ask,
  invoices: readonly Stripe.Invoice[],
  { currency, months, statements }: { currency: string; months: readonly Month[]; statements: ReadonlyMap<string, readonly Entry[]> },
): Promise<Figure[]> {
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return [];
  const shown = (await ask('/v1/ledger/revenue', { from: nameOf(first), to: nameOf(last) }))['months'] as Waterfall[];
  const later = (name: string): Entry[] =>
    (statements.get(name) ?? []).filter(({ type }) => type !== 'invoice_finalized' && type !== 'revenue_earned');
  const ended = await schedulesOf(ask, later('deferred_revenue'));
  const billed = invoices.flatMap(schedulesIn);
  const schedules = [...billed, ...ended];
  const atOnce = later('revenue').map(({ amount, posted }) => ({ at: posted, amount: -amount }));
  const before = (at: number): number =>
    sum(schedules.map((each) => earnedOf(each, at))) + sum(atOnce.filter((each) => each.at < at).map(({ amount }) => amount));
  return months.map((month) => {
    const row = shown.find((each) => each.currency === currency && each.period === nameOf(month));
    return {
      name: `${currency}: revenue recognized in ${nameOf(month)}`,
      shown: [row?.recognized ?? 0, row?.deferred ?? 0],
      expected: [before(month.end) - before(month.start), sum(schedules.map((each) => deferredOf(each, month.end)))],
    };
  });
}

/** Lines of a final invoice, each with the time in which it is earned. One whose time is over, or has no length, is earned at once. */
function schedulesIn(invoice: Stripe.Invoice): Schedule[] {
  const posted = invoice.status_transitions.finalized_at ?? invoice.created;
  return invoice.lines.data.map((line) => {
    const { start, end } = line.period;
    const [startsAt, endsAt] = end > posted ? [start, end] : [posted - 1, posted];
    return { amount: netOf(line), posted, startsAt, endsAt, countsFrom: startsAt };
  });
}

/** Refunds, credit notes, lost disputes and voids end what was to be earned: the ledger says of each which schedules it ends and begins. */
async function schedulesOf(ask: Ask, entries: readonly Entry[]): Promise<Schedule[]> {
  const transactions = await Promise.all(
    [...new Set(entries.map(({ transaction }) => transaction))].map((id) => ask(`/v1/ledger/transactions/${id}`, {})),
  );
  return transactions.flatMap((transaction: Json) =>
    (transaction['schedules'] as { amount: number; counts_from: number; ends_at: number; starts_at: number }[]).map((each) => ({
      ...{ amount: each.amount, startsAt: each.starts_at, endsAt: each.ends_at, countsFrom: each.counts_from },
      posted: Number(transaction['posted']),
    })),
  );
}

/** Renders the books: Dunlin's own. */
import { accountKind, dayOf, monthOf, periodOf } from '../domain/core/chart-of-accounts';
import type { StatementEntry } from '../domain/core/ledger';
import { negate } from '../domain/money/money';
import { csvOf, majorUnits } from './csv';
import type {
  WireLedgerAccount,
  WireLedgerClose,
  WireLedgerEntry,
  WireLedgerJournal,
  WireLedgerRevenue,
  WireTrialBalance,
} from './shapes/ledger';

interface Balance {
  ledgerAccount: string;
  currency: string;
  amount: number;
}

type Codes = ReadonlyMap<string, string>;

const namedAccount = (account: string, codes: Codes): Pick<WireLedgerAccount, 'account' | 'code' | 'name'> => ({
  account,
  code: codes.get(account) ?? null,
  name: accountKind(account)?.name ?? account,
});

export const toLedgerAccount = (account: string, codes: Codes): WireLedgerAccount => ({
  ...namedAccount(account, codes),
  object: 'ledger.account',
  type: accountKind(account)?.type ?? 'equity',
});

/** A row for each account and currency that has a balance at the start or at the end. */
export function trialBalanceRows(opening: readonly Balance[], closing: readonly Balance[], codes: Codes): WireTrialBalance['rows'] {
  const key = ({ ledgerAccount, currency }: Balance) => `${currency} ${ledgerAccount}`;
  const [from, to] = [new Map(opening.map((each) => [key(each), each])), new Map(closing.map((each) => [key(each), each]))];
  const keys = [...new Set([...from.keys(), ...to.keys()])].sort();
  return keys.map((each) => {
    const [currency = '', account = ''] = each.split(' ');
    const [before, after] = [from.get(each)?.amount ?? 0, to.get(each)?.amount ?? 0];
    return {
      ...namedAccount(account, codes),
      currency,
      opening_balance: before,
      net_change: after - before,
      closing_balance: after,
    };
  });
}

export const trialBalanceCsv = (rows: WireTrialBalance['rows']): string =>
  csvOf(
    ['account', 'name', 'gl_code', 'currency', 'opening_balance', 'net_change', 'closing_balance'],
    rows.map((row) => [
      ...[row.account, row.name, row.code, row.currency],
      ...[row.opening_balance, row.net_change, row.closing_balance].map((amount) => majorUnits(amount, row.currency)),
    ]),
  );

export function toLedgerEntry(entry: StatementEntry, opening: number): WireLedgerEntry {
  const { id, transaction, amount, posted, created, type, source, customer, invoice, invoiceLineItem, invoicedAt } = entry;
  const original = invoicedAt === null || periodOf(invoicedAt) === periodOf(posted) ? null : periodOf(invoicedAt);
  return {
    id,
    object: 'ledger.entry',
    amount,
    balance: opening + entry.running,
    created,
    customer,
    invoice,
    invoice_line_item: invoiceLineItem,
    original_period: original,
    posted,
    source,
    transaction,
    type,
  };
}

export const statementCsv = (entries: readonly WireLedgerEntry[], currency: string): string =>
  csvOf(
    ['posted', 'type', 'source', 'invoice', 'invoice_line_item', 'customer', 'original_period', 'amount', 'balance'],
    entries.map((entry) => [
      new Date(entry.posted * 1000).toISOString(),
      ...[entry.type, entry.source, entry.invoice, entry.invoice_line_item, entry.customer, entry.original_period],
      majorUnits(entry.amount, currency),
      majorUnits(entry.balance, currency),
    ]),
  );

export const revenueCsv = (months: WireLedgerRevenue['months']): string =>
  csvOf(
    ['period', 'currency', 'billed_in', 'recognized', 'deferred_at_end'],
    months.flatMap(({ period, currency, billed, deferred, recognized }) => [
      ...billed.map((each) => [period, currency, each.period, majorUnits(each.amount, currency), null]),
      [period, currency, null, majorUnits(recognized, currency), majorUnits(deferred, currency)],
    ]),
  );

interface Close {
  id: string;
  livemode: boolean;
  created: number;
  startsAt: number;
  status: 'closing' | 'closed';
  closedAt: number | null;
}

export const toLedgerClose = ({ id, livemode, created, startsAt, status, closedAt }: Close): WireLedgerClose => ({
  id,
  object: 'ledger.close',
  closed_at: closedAt,
  created,
  livemode,
  period: periodOf(startsAt),
  status,
});

/** The journal of a month: what each account changed by, as a debit or a credit. */
export const journalLines = (rows: WireTrialBalance['rows']): WireLedgerJournal['lines'] =>
  rows
    .filter(({ net_change: change }) => change !== 0)
    .map(({ account, code, name, currency, net_change: change }) => ({
      ...{ account, code, name, currency },
      debit: Math.max(0, change),
      credit: Math.max(0, negate(change)),
    }));

/** The layouts that accounting programs import: docs/ledger.md names their sources. */
export const JOURNAL_LAYOUTS = {
  csv: (lines: WireLedgerJournal['lines'], period: string): string =>
    csvOf(
      ['period', 'account', 'name', 'gl_code', 'currency', 'debit', 'credit'],
      lines.map((line) => [
        ...[period, line.account, line.name, line.code, line.currency],
        majorUnits(line.debit, line.currency),
        majorUnits(line.credit, line.currency),
      ]),
    ),
  quickbooks: (lines: WireLedgerJournal['lines'], period: string): string =>
    csvOf(
      ['JournalNo', 'JournalDate', 'AccountName', 'Debits', 'Credits', 'Description', 'Name', 'Currency'],
      lines.map((line) => [
        `Dunlin ${period} ${line.currency.toUpperCase()}`,
        lastDay(period, ([year, month, day]) => `${month}/${day}/${year}`),
        line.code ?? line.name,
        line.debit === 0 ? null : majorUnits(line.debit, line.currency),
        line.credit === 0 ? null : majorUnits(line.credit, line.currency),
        line.name,
        null,
        line.currency.toUpperCase(),
      ]),
    ),
  xero: (lines: WireLedgerJournal['lines'], period: string): string =>
    csvOf(
      ['*Narration', '*Date', 'Description', '*AccountCode', '*TaxRate', '*Amount'],
      lines.map((line) => [
        `Dunlin ${period} ${line.currency.toUpperCase()}`,
        lastDay(period, ([year, month, day]) => `${day}/${month}/${year}`),
        line.name,
        line.code ?? line.account,
        'Tax Exempt',
        majorUnits(line.debit - line.credit, line.currency),
      ]),
    ),
} as const;

function lastDay(period: string, form: (parts: [string, string, string]) => string): string {
  const [year = '', month = '', day = ''] = dayOf(monthOf(period).end - 1).split('-');
  return form([year, month, day]);
}

/** Dunlin's own: the books. Amounts are minor units, debits positive and credits negative, unless a property says otherwise. */
import { z } from 'zod';
import { currency, epoch, minorUnits, period } from './parts';

export const csv = () =>
  z.string().optional().meta({ description: 'The report as CSV, with amounts in major units, if `format` asks for it.' });

const accountFields = { account: z.string(), code: z.string().nullable(), name: z.string() };

export const ledgerAccount = z
  .strictObject({
    ...accountFields,
    object: z.literal('ledger.account'),
    type: z.enum(['asset', 'liability', 'revenue', 'contra_revenue', 'expense', 'equity']),
  })
  .meta({ id: 'ledger.account' });
export type WireLedgerAccount = z.output<typeof ledgerAccount>;

export const trialBalance = z
  .strictObject({
    object: z.literal('ledger.trial_balance'),
    csv: csv(),
    livemode: z.boolean(),
    period: period(),
    rows: z.array(
      z.strictObject({
        ...accountFields,
        closing_balance: minorUnits(),
        currency: currency(),
        net_change: minorUnits(),
        opening_balance: minorUnits(),
      }),
    ),
  })
  .meta({ id: 'ledger.trial_balance' });
export type WireTrialBalance = z.output<typeof trialBalance>;

export const ledgerEntry = z
  .strictObject({
    id: z.string(),
    object: z.literal('ledger.entry'),
    amount: minorUnits(),
    balance: minorUnits(),
    created: epoch(),
    customer: z.string().nullable(),
    invoice: z.string().nullable(),
    invoice_line_item: z.string().nullable(),
    original_period: z.string().nullable().meta({ description: 'The month of its invoice, if the entry counts in a later one.' }),
    posted: epoch(),
    source: z.string(),
    transaction: z.string(),
    type: z.string(),
  })
  .meta({ id: 'ledger.entry' });
export type WireLedgerEntry = z.output<typeof ledgerEntry>;

export const ledgerStatement = z
  .strictObject({
    object: z.literal('ledger.statement'),
    account: z.string(),
    closing_balance: minorUnits(),
    csv: csv(),
    currency: currency(),
    data: z.array(ledgerEntry),
    has_more: z.boolean(),
    livemode: z.boolean(),
    opening_balance: minorUnits(),
    period: period(),
  })
  .meta({ id: 'ledger.statement' });

export const ledgerTransaction = z
  .strictObject({
    id: z.string(),
    object: z.literal('ledger.transaction'),
    cause: z.strictObject({
      commit_key: z.string(),
      outcome: z.string().nullable(),
      step: z.string().nullable(),
      workflow: z.string(),
    }),
    created: epoch(),
    customer: z.string().nullable(),
    entries: z.array(
      z.strictObject({
        id: z.string(),
        account: z.string(),
        amount: minorUnits(),
        currency: currency(),
        invoice: z.string().nullable(),
      }),
    ),
    livemode: z.boolean(),
    posted: epoch(),
    schedules: z.array(
      z.strictObject({
        id: z.string(),
        amount: minorUnits(),
        counts_from: epoch(),
        currency: currency(),
        ends_at: epoch(),
        invoice_line_item: z.string(),
        starts_at: epoch(),
      }),
    ),
    source: z.string(),
    type: z.string(),
  })
  .meta({ id: 'ledger.transaction' });

export const ledgerRevenue = z
  .strictObject({
    object: z.literal('ledger.revenue'),
    csv: csv(),
    livemode: z.boolean(),
    months: z.array(
      z.strictObject({
        billed: z.array(z.strictObject({ amount: minorUnits(), period: z.string() })),
        currency: currency(),
        deferred: minorUnits().meta({ description: 'What is billed and not earned by the end of the month. Positive.' }),
        period: z.string(),
        recognized: minorUnits().meta({ description: 'What was earned in the month. Positive.' }),
      }),
    ),
  })
  .meta({ id: 'ledger.revenue' });
export type WireLedgerRevenue = z.output<typeof ledgerRevenue>;

export const ledgerClose = z
  .strictObject({
    id: z.string(),
    object: z.literal('ledger.close'),
    closed_at: epoch().nullable(),
    created: epoch(),
    livemode: z.boolean(),
    period: z.string(),
    status: z.enum(['closing', 'closed']),
  })
  .meta({ id: 'ledger.close' });
export type WireLedgerClose = z.output<typeof ledgerClose>;

export const ledgerJournal = z
  .strictObject({
    object: z.literal('ledger.journal'),
    csv: csv(),
    lines: z.array(z.strictObject({ ...accountFields, credit: minorUnits(), currency: currency(), debit: minorUnits() })),
    livemode: z.boolean(),
    period: z.string(),
    status: z.enum(['open', 'closing', 'closed']),
  })
  .meta({ id: 'ledger.journal' });
export type WireLedgerJournal = z.output<typeof ledgerJournal>;

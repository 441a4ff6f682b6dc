/**
 * What is kept, and for how long: each table is in one of the lists below, and housekeeping removes what is older. Ages are of real
 * time, whatever time it is on a test clock. docs/retention.md says the same to people; tests compare the two, and this with the
 * tables that there are.
 */
import type { TransactionSql } from './connect';
import { dropEventWeek, pruneOtherEvents } from './webhooks/event-weeks';
import { dropPartitionsBefore } from './metering/meter-events';
import { pruneCommits, pruneEnded, pruneHeld, pruneFinishedRequests, pruneSandboxOperations, pruneUnfinishedRequests } from './prune';

/** What operators may choose. Days; null keeps for ever. */
export interface Keep {
  eventDays: number;
  meterEventDays: number | null;
}

export const KEEP_DEFAULT: Keep = { eventDays: 30, meterEventDays: null };

/** Rows that one transaction removes at most: some tens of milliseconds. */
export const PORTION = 2_000;

export interface Retention {
  kind: string;
  tables: readonly string[];
  /** Days; a function where operators choose. Null keeps for ever. */
  days: number | ((keep: Keep) => number | null);
  /** By which operators choose. */
  variable?: 'EVENTS_KEEP_DAYS' | 'METER_EVENTS_KEEP_DAYS';
  /** What the days count from, or until when it is kept. */
  since: string;
  why: string;
  /** Removes one portion of what is older than `days`, and says whether there may be more. */
  prune: (tx: TransactionSql, days: number) => Promise<boolean>;
}

async function pruneMeterEvents(tx: TransactionSql, days: number): Promise<boolean> {
  await dropPartitionsBefore(tx, Math.floor(Date.now() / 1000) - days * 86_400);
  return false;
}

const filled = async (removed: Promise<number>): Promise<boolean> => (await removed) >= PORTION;

export const RETENTION: readonly Retention[] = [
  {
    kind: 'answered requests',
    tables: ['requests'],
    days: 2,
    since: 'the answer',
    why: 'An Idempotency-Key is good for a day at least, as on Stripe.',
    prune: (tx, days) => filled(pruneFinishedRequests(tx, days, PORTION)),
  },
  {
    kind: 'unanswered requests',
    tables: ['requests'],
    days: 30,
    since: 'the request',
    why: 'A workflow that is held up may still read the parameters. What it comes to later than that is refused, once.',
    prune: (tx, days) => filled(pruneUnfinishedRequests(tx, days, PORTION)),
  },
  {
    kind: 'events and their deliveries',
    tables: ['events', 'deliveries', 'delivery_attempts'],
    days: (keep) => keep.eventDays,
    variable: 'EVENTS_KEEP_DAYS',
    since: 'the event was written',
    why: 'As long as Stripe lists them; at most a week longer, since they go by the week, and until nothing of the week is pending.',
    prune: dropEventWeek,
  },
  {
    kind: 'events of a week without a partition',
    tables: ['events_other', 'deliveries_other', 'delivery_attempts_other'],
    days: (keep) => keep.eventDays,
    variable: 'EVENTS_KEEP_DAYS',
    since: 'the event was written',
    why: 'Where no worker has run for a month, nobody has made a partition.',
    prune: async (tx, days) => (await pruneOtherEvents(tx, days, PORTION)) > 0,
  },
  {
    kind: 'workflows that have ended for good, with their commits',
    tables: ['workflows', 'commits'],
    days: 90,
    since: 'the end',
    why: 'The timeline can be read for a while after the end. Invoices, payments and watches over usage may begin anew: their rows stay.',
    prune: (tx, days) => pruneEnded(tx, days, PORTION),
  },
  {
    kind: 'commits of all others',
    tables: ['commits'],
    days: 400,
    since: 'the commit',
    why: 'The timeline of more than a year. No cause comes again that late: steps are numbered, and requests are long forgotten.',
    prune: (tx, days) => filled(pruneCommits(tx, days, PORTION)),
  },
  {
    kind: 'held entities whose workflow has ended since',
    tables: ['held'],
    days: 0,
    since: 'the end',
    why: 'Nothing is left to be released.',
    prune: (tx) => filled(pruneHeld(tx, PORTION)),
  },
  {
    kind: "the sandbox processor's memory",
    tables: ['sandbox_operations'],
    days: 400,
    since: 'the operation',
    why: 'A refund of a test charge looks up its card here.',
    prune: (tx, days) => filled(pruneSandboxOperations(tx, days, PORTION)),
  },
  {
    kind: 'meter events',
    tables: ['meter_events'],
    days: (keep) => keep.meterEventDays,
    variable: 'METER_EVENTS_KEEP_DAYS',
    since: 'the receipt',
    why: 'Usage that is billed to the second is counted again from events; whole months go, roll-ups stay.',
    prune: pruneMeterEvents,
  },
];

const BOOKS = 'It is part of the books.';
const CATALOG = 'What was sold, and on which terms, explains old invoices.';
const USAGE = 'It is what usage was billed from.';
const OWN = 'There are few, and they are yours.';
const ONE = 'A handful of rows.';

/** Tables of which housekeeping removes nothing, with the reason. */
export const KEPT_FOR_EVER: Record<string, string> = {
  accounts: OWN,
  api_keys: OWN,
  webhook_endpoints: OWN,
  alerts: OWN,
  credit_top_ups: OWN,
  meters: OWN,
  test_clocks: 'What was on a clock still refers to it.',
  customers: BOOKS,
  customer_balance_transactions: BOOKS,
  customer_tax_ids: BOOKS,
  credit_grants: BOOKS,
  credit_balance_transactions: BOOKS,
  credit_purchases: BOOKS,
  subscriptions: BOOKS,
  subscription_items: BOOKS,
  subscription_schedules: BOOKS,
  quotes: BOOKS,
  invoices: BOOKS,
  invoice_line_items: BOOKS,
  invoice_items: BOOKS,
  invoice_payments: BOOKS,
  payment_methods: BOOKS,
  payment_intents: BOOKS,
  payment_attempts: BOOKS,
  setup_intents: BOOKS,
  charges: BOOKS,
  refunds: BOOKS,
  disputes: BOOKS,
  dunnings: BOOKS,
  balance_transactions: BOOKS,
  ledger_transactions: BOOKS,
  ledger_entries: BOOKS,
  products: CATALOG,
  prices: CATALOG,
  tax_rates: CATALOG,
  coupons: CATALOG,
  promotion_codes: CATALOG,
  discounts: CATALOG,
  usage_periods: USAGE,
  meter_series: USAGE,
  meter_rollups: USAGE,
  meter_uniques: USAGE,
  alert_triggereds: 'That an alert was triggered keeps it from being triggered again.',
  meter_errors: 'A row for each meter and reason, until it is reported within the hour.',
  sandbox_faults: ONE,
  schema_migrations: ONE,
  instance: ONE,
};

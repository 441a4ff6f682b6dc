/** What is copied of a customer, and where the copy goes. */
import type { LedgerAccount, LedgerEntry, RevenueSchedule } from '../core/ledger';
import type { CreditBalanceTransaction } from '../rows/credit-grant';
import { subscriptionsOf, type Invoice } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import type { Subscription, SubscriptionStatus } from '../rows/subscription';
import type { WorkflowKind } from '../rows/workflow';

/** A customer as it is at one instant. */
export interface CopySource {
  /** The facts of the customer and of all its living subscriptions. */
  rows: Rows;
  /** What the ledger has of each of the invoices. */
  entries: BookedEntry[];
  schedules: RevenueSchedule[];
  /** The credit that these invoices have taken or given back. */
  creditTransactions: CreditBalanceTransaction[];
  /** The workflows of the customer that run. */
  workflows: { kind: WorkflowKind; subject: string }[];
}

/** The sum of the entries of an invoice that say the same. */
export type BookedEntry = LedgerEntry & { invoice: string };

/** The accounts of the ledger that are about one invoice. What a payment has moved besides is not copied. */
export const INVOICE_ACCOUNTS: readonly LedgerAccount[] = [
  ...(['receivable', 'revenue', 'deferred_revenue', 'credit_notes', 'voids', 'bad_debt', 'recoverables'] as const),
];

export interface CopyTarget {
  testClock: string;
  /** The copied subscriptions; null: all that run. */
  subscriptions: readonly string[] | null;
  /** What the cards of other processors do in the sandbox. */
  cards: CardsOfCopies;
  /** The id in the target of what the seller sells, by its id at the source: always the same. Null: the target is the source. */
  catalogId: ((prefix: string, id: string) => string) | null;
}

/** `pay`: every card pays. `decline_in_recovery`: the card of an invoice in recovery goes on declining. */
export type CardsOfCopies = 'decline_in_recovery' | 'pay';

export const RUNNING: readonly SubscriptionStatus[] = ['trialing', 'active', 'past_due', 'unpaid', 'paused'];

const isRunning = ({ hidden, status }: Pick<Subscription, 'hidden' | 'status'>): boolean => !hidden && RUNNING.includes(status);

/** The rows that are copied. All others of the source are left out. */
export interface Selection {
  subscriptions: ReadonlySet<string>;
  invoices: ReadonlySet<string>;
  /** Everything that has no subscription is copied, too. */
  isWhole: boolean;
}

export function selectionOf({ rows }: CopySource, named: readonly string[] | null): Selection {
  const subscriptions = new Set(
    rows.where('subscription', (each) => isRunning(each) && (named === null || named.includes(each.id))).map(({ id }) => id),
  );
  const isWhole = named === null;
  const isCopied = (invoice: Invoice): boolean => {
    const of = subscriptionsOf(invoice);
    return !invoice.hidden && !invoice.deleted && (of.length === 0 ? isWhole : of.some((id) => subscriptions.has(id)));
  };
  return { subscriptions, isWhole, invoices: new Set(rows.where('invoice', isCopied).map(({ id }) => id)) };
}

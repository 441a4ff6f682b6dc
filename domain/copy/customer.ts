/**
 * Copies a customer with what runs: its subscriptions, schedules, balance, credit, discounts, pending items and unpaid invoices, from where they
 * stand. The copy is on a test clock, has ids of its own, and has no personal data. Its workflows go on from the copied rows.
 */
import type { ChangeSet } from '../core/change-set';
import { madeUpPrefix } from '../customer/changes';
import { locationFor } from '../tax/location';
import type { Invoice } from '../rows/invoice';
import type { RowKind, Rows, RowTypes } from '../rows/rows';
import type { PendingItem } from '../rows/subscription';
import type { WorkflowKind } from '../rows/workflow';
import type { SchedulePhase, SubscriptionSchedule } from '../rows/subscription-schedule';
import type { DiscountParameters } from '../rows/subscription-parameters';
import { openBalances, openCredit, openInvoices } from './books';
import { copyCatalog } from './catalog';
import { copiedMovements } from './movements';
import {
  anonymousCredit,
  anonymousCustomer,
  anonymousInvoice,
  anonymousItem,
  anonymousLine,
  anonymousNote,
  anonymousNoteLine,
  anonymousSchedule,
  anonymousSubscription,
  anonymousTaxId,
} from './people';
import { attemptsOf, copiedIntent, copiedMethod, intentsOf, isUnderWayElsewhere, methodsOf } from './payers';
import { copied, follow } from './references';
import { selectionOf, type CopySource, type CopyTarget, type Selection } from './source';

/** The copied rows of one kind, each as it is at the source. */
type Copied = { [K in RowKind]?: RowTypes[K][] };

/** The prefixes of the ids of copies. The ids of attempts and dunnings follow from those of intents and invoices. */
const PREFIXES = {
  customer: 'cus',
  taxId: 'txi',
  paymentMethod: 'pm',
  mandate: 'mandate',
  discount: 'di',
  creditGrant: 'credgr',
  creditTopUp: 'credtu',
  creditPurchase: 'credpur',
  creditBalanceTransaction: 'cbtxn',
  subscription: 'sub',
  subscriptionItem: 'si',
  subscriptionSchedule: 'sub_sched',
  usagePeriod: 'up',
  invoice: 'in',
  invoiceLineItem: 'il',
  invoiceItem: 'ii',
  invoicePayment: 'inpay',
  creditNote: 'cn',
  creditNoteLineItem: 'cnli',
  paymentIntent: 'pi',
} as const satisfies Partial<Record<RowKind, string>>;

/** @returns by the ids of the source, those of the copy */
export function copyCustomer(changes: ChangeSet, source: CopySource, target: CopyTarget): Map<string, string> {
  const rows = source.rows.copy();
  const [customer] = rows.all('customer');
  if (!customer) throw new Error('the source has no customer');
  const selection = selectionOf(source, target.subscriptions);
  const ids = target.catalogId ? copyCatalog(changes, rows, target.catalogId) : new Map<string, string>();
  const parts = [
    ...[customerRows(rows, target, changes), livingRows(rows, selection)],
    ...[invoiceRows(source, rows, selection, madeUpPrefix(changes)), paymentRows(rows, selection)],
  ];
  const all = Object.assign({}, ...parts) as Copied;
  for (const [kind, prefix] of Object.entries(PREFIXES)) {
    for (const row of all[kind as keyof typeof PREFIXES] ?? []) ids.set(row.id, changes.id(prefix));
  }
  for (const { id } of newItems(all)) ids.set(id, changes.id('si'));
  for (const [kind, list] of Object.entries(all)) {
    for (const row of list) putCopy(changes, kind as RowKind, row, { ids, testClock: target.testClock });
  }
  open(changes, source, ids);
  return ids;
}

/** Items that a pending update will add. */
const newItems = ({ subscription = [] }: Copied): PendingItem[] =>
  subscription.flatMap(({ pendingUpdate }) => (pendingUpdate?.items ?? []).filter(({ created }) => created));

/** References to what may not be copied, which are empty then. */
const LOOSE: Partial<Record<RowKind, readonly string[]>> = {
  customer: ['defaultSource', 'discount'],
  subscription: ['latestInvoice', 'resumptionInvoice', 'pausedFor', 'schedule', 'defaultPaymentMethod'],
  discount: ['subscriptionItem', 'invoice', 'invoiceItem'],
  invoice: ['paymentIntent', 'defaultPaymentMethod'],
  invoiceLineItem: ['invoiceItem'],
  creditTopUp: ['latestInvoice', 'pendingInvoice', 'latestCreditGrant', 'defaultPaymentMethod'],
  creditPurchase: ['creditGrant'],
  paymentIntent: ['paymentMethod'],
};

function putCopy(
  changes: ChangeSet,
  kind: RowKind,
  row: object,
  { ids, testClock }: { ids: Map<string, string>; testClock: string },
): void {
  const { account, livemode, secretFor } = changes.context;
  const loose = (LOOSE[kind] ?? []).map((field) => [field, copied((row as Record<string, string | null>)[field] ?? null, ids)]);
  const copy = follow({ ...row, ...(Object.fromEntries(loose) as object) }, ids);
  const clock = 'testClock' in row ? { testClock } : {};
  const secret = kind === 'paymentIntent' ? { clientSecret: secretFor((copy as { id: string }).id) } : {};
  changes.put(kind, { ...copy, ...clock, ...secret, account, livemode } as never);
}

/** The books, the recurring revenue and the workflows of the copy. */
function open(changes: ChangeSet, source: CopySource, ids: Map<string, string>): void {
  const [original] = source.rows.all('customer');
  const customer = changes.patch('customer', ids.get(original?.id ?? '') ?? '', { created: changes.now });
  openInvoices(changes, source, ids, customer.id);
  openBalances(changes, customer);
  openCredit(
    changes,
    changes.rows.where('creditGrant', (grant) => grant.customer === customer.id),
  );
  copiedMovements(changes, customer.id);
  for (const { kind, subject } of source.workflows) {
    const copy = ids.get(subject);
    if (copy !== undefined && CONTINUED.includes(kind)) changes.wake(kind, copy, { customer: customer.id });
  }
}

/** The workflows that bill and collect. */
const CONTINUED: readonly WorkflowKind[] = ['dunning', 'invoice', 'payment', 'schedule', 'subscription', 'usage'];

function customerRows(rows: Rows, target: CopyTarget, changes: ChangeSet): Copied {
  const [customer] = rows.all('customer');
  if (!customer) return {};
  const methods = methodsOf(rows, customer);
  const address = locationFor(rows, customer)?.address ?? null;
  const isWhole = target.subscriptions === null;
  return {
    customer: [{ ...anonymousCustomer(customer, address), invoicePrefix: madeUpPrefix(changes) }],
    taxId: rows.where('taxId', ({ customer: of }) => of === customer.id).map(anonymousTaxId),
    paymentMethod: methods.map((method) => copiedMethod(rows, method, { cards: target.cards, fingerprint: changes.id('fingerprint') })),
    mandate: rows.where('mandate', ({ id }) => methods.some(({ mandate }) => mandate === id)),
    creditGrant: rows.all('creditGrant').map(anonymousCredit),
    creditTopUp: isWhole ? rows.all('creditTopUp').map((topUp) => anonymousCredit(topUp)) : [],
  };
}

function livingRows(rows: Rows, { subscriptions, isWhole }: Selection): Copied {
  const isOf = ({ subscription }: { subscription: string | null }): boolean => subscription !== null && subscriptions.has(subscription);
  const items = rows.where('subscriptionItem', isOf);
  const schedules = rows.where('subscriptionSchedule', (each) => isOf(each) || (isWhole && each.status === 'not_started'));
  return {
    subscription: rows.where('subscription', ({ id }) => subscriptions.has(id)).map(anonymousSubscription),
    subscriptionItem: items.map(anonymousItem),
    subscriptionSchedule: schedules.map((schedule) => anonymousSchedule(withoutCodes(rows, schedule))),
    usagePeriod: rows.where('usagePeriod', isOf),
    discount: rows
      .where('discount', ({ subscription }) => subscription === null || subscriptions.has(subscription))
      .map((discount) => ({ ...discount, promotionCode: null })),
  };
}

/** A phase that redeems a code redeems its coupon: codes are not copied. */
function withoutCodes(rows: Rows, schedule: SubscriptionSchedule): SubscriptionSchedule {
  const plain = (discounts: DiscountParameters[]): DiscountParameters[] =>
    discounts.map((each) => {
      const code = rows.find('promotionCode', each.promotion_code ?? null);
      return code ? { coupon: rows.get('coupon', code.coupon).id } : each;
    });
  const phase = (of: SchedulePhase): SchedulePhase => ({
    ...of,
    discounts: of.discounts && plain(of.discounts),
    items: of.items.map((item) => ({ ...item, discounts: plain(item.discounts) })),
    add_invoice_items: of.add_invoice_items.map((item) => ({ ...item, discounts: plain(item.discounts) })),
  });
  return { ...schedule, phases: schedule.phases.map(phase) };
}

/** Numbers begin with the copy's own prefix, so that those of later invoices go on from them. */
function numbersOf(rows: Rows, prefix: string): (number: string) => string {
  const [customer] = rows.all('customer');
  const own = `${customer?.invoicePrefix ?? ''}-`;
  return (number) => (number.startsWith(own) ? `${prefix}-${number.slice(own.length)}` : `${prefix}-${number}`);
}

function invoiceRows(source: CopySource, rows: Rows, { invoices, subscriptions, isWhole }: Selection, prefix: string): Copied {
  const renumber = numbersOf(rows, prefix);
  const isOf = ({ invoice }: { invoice: string }): boolean => invoices.has(invoice);
  const notes = rows.where('creditNote', isOf);
  const topUps = new Set(rows.all('creditTopUp').map(({ id }) => id));
  return {
    invoice: rows
      .where('invoice', ({ id }) => invoices.has(id))
      .map((invoice) => ({
        ...copiedInvoice(invoice),
        consolidates: invoice.consolidates.filter((id) => subscriptions.has(id)),
        number: invoice.number === null ? null : renumber(invoice.number),
      })),
    invoiceLineItem: rows.where('invoiceLineItem', isOf).map(anonymousLine),
    invoiceItem: rows
      .where('invoiceItem', ({ invoice, subscription }) => {
        if (invoice !== null) return invoices.has(invoice);
        return subscription === null ? isWhole : subscriptions.has(subscription);
      })
      .map(anonymousLine),
    creditNote: notes.map((note) => ({
      ...anonymousNote(note),
      ...{ customerBalanceTransaction: null, number: renumber(note.number), outOfBandAmount: note.postPaymentAmount, refunds: [] },
    })),
    creditNoteLineItem: rows
      .where('creditNoteLineItem', ({ creditNote }) => notes.some(({ id }) => id === creditNote))
      .map(anonymousNoteLine),
    creditPurchase: isWhole ? rows.where('creditPurchase', (each) => isOf(each) && topUps.has(each.creditTopUp)) : [],
    creditBalanceTransaction: source.creditTransactions.filter(({ invoice }) => invoice !== null && invoices.has(invoice)),
    dunning: rows.where('dunning', (each) => isOf(each) && each.status === 'running').map((each) => ({ ...each, task: null })),
  };
}

/** What was paid was paid elsewhere: the sandbox has no payment of it. */
const copiedInvoice = (invoice: Invoice): Invoice => ({
  ...anonymousInvoice(invoice),
  ...{ fromInvoice: null, latestRevision: null, quote: null, receiptNumber: null },
  amountPaidOffStripe: invoice.amountPaid,
  paidOutOfBand: invoice.paidOutOfBand || invoice.amountPaid > 0,
});

function paymentRows(rows: Rows, { invoices }: Selection): Copied {
  const intents = intentsOf(rows, invoices);
  const ids = new Set(intents.map(({ id }) => id));
  const isLost = (intent: string): boolean =>
    rows.all('paymentAttempt').some((attempt) => attempt.intent === intent && isUnderWayElsewhere(attempt));
  return {
    paymentIntent: intents.map((intent) => ({
      ...copiedIntent(intent),
      ...(isLost(intent.id) ? { nextAction: null, status: 'requires_payment_method' as const } : {}),
    })),
    paymentAttempt: attemptsOf(rows, intents).map((attempt) => ({ ...attempt, fingerprint: '' })),
    invoicePayment: rows.where(
      'invoicePayment',
      ({ paymentIntent, status }) => status === 'open' && paymentIntent !== null && ids.has(paymentIntent),
    ),
  };
}

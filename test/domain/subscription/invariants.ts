/** What must hold of a customer's rows and books at any moment, whatever has happened. */
import { leftAfterRefunds, leftToCredit } from '../../../domain/invoice/credited';
import { mrrOf } from '../../../domain/insight/mrr';
import { redo } from '../../../domain/invoice/explanation';
import type { LedgerEntry, LedgerTransaction, RevenueSchedule } from '../../../domain/core/ledger';
import { earnedBy, unearnedAt } from '../../../domain/invoice/revenue-recognition';
import type { Dispute } from '../../../domain/rows/dispute';
import type { Invoice, RefundPart, TaxAmount } from '../../../domain/rows/invoice';
import { isUndecided } from '../../../domain/rows/payment-attempt';
import type { Rows } from '../../../domain/rows/rows';
import type { Subscription } from '../../../domain/rows/subscription';
import type { CreditBalanceTransaction } from '../../../domain/rows/credit-grant';
import { amountAfterDiscounts } from '../../../domain/line/discounts';
import { sum } from '../builders';

export interface Posted {
  transaction: LedgerTransaction;
  entries: LedgerEntry[];
  schedules: RevenueSchedule[];
}

type Finding = string | false;

function check(findings: Finding[]): void {
  const wrong = findings.filter((finding) => finding !== false);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

const differs = (what: string, is: number, should: number): Finding =>
  is !== should && `${what} is ${String(is)} and should be ${String(should)}`;

export function checkRows(rows: Rows): void {
  check([
    ...rows.all('invoice').flatMap((invoice) => ofInvoice(rows, invoice.id)),
    ...ofSubscriptions(rows),
    ...ofSchedules(rows),
    ...ofPayments(rows),
    ...ofCredits(rows),
    ...rows.all('creditNote').flatMap(({ id }) => ofCreditNote(rows, id)),
    ...rows.all('invoice').flatMap(({ id }) => neverOvercredited(rows, id)),
  ]);
}

function ofInvoice(rows: Rows, id: string): Finding[] {
  const invoice = rows.get('invoice', id);
  const lines = rows.where('invoiceLineItem', (line) => line.invoice === id);
  const discounts = sum(lines.flatMap((line) => line.discountAmounts.map(({ amount }) => amount)));
  const credits = creditsOn(rows, id);
  const taxes = lines.flatMap((line) => line.taxes);
  const exclusive = sum(taxes.filter((tax) => tax.tax_behavior === 'exclusive').map(({ amount }) => amount));
  const subtotal = sum(lines.map(({ amount }) => amount));
  const remaining = invoice.status === 'paid' ? 0 : invoice.amountDue - invoice.amountPaid;
  const attempts = rows.where('paymentAttempt', (attempt) => attempt.invoice === id);
  const charged = rows.where('charge', (charge) => charge.invoice === id && charge.captured);
  return [
    ...lines.map((line) => line.basis !== null && differs(`the amount of ${line.id}, redone,`, redo(line.basis), line.amount)),
    differs(`the subtotal of ${id}`, invoice.subtotal, subtotal),
    differs(`the total of ${id}`, invoice.total, subtotal - discounts - credits + exclusive - waivedIn(taxes)),
    differs(`the total without tax of ${id}`, invoice.totalExcludingTax, invoice.total - sum(taxes.map(({ amount }) => amount))),
    differs(`what remains of ${id}`, invoice.amountRemaining, remaining),
    charged.length > 1 && `${id} was charged ${String(charged.length)} times`,
    charged.length === 1 && invoice.status !== 'paid' && `${id} was charged and is ${invoice.status}`,
    invoice.status === 'draft' && invoice.number !== null && `the draft ${id} has a number`,
    invoice.amountDue < 0 && `${id} has ${String(invoice.amountDue)} due`,
    attempts.filter(({ status }) => ['open', 'requires_action', 'unknown'].includes(status)).length > 1 && `${id} has two attempts at once`,
  ];
}

/** The tax inside the prices that the customer does not owe. */
const waivedIn = (taxes: TaxAmount[]): number => sum(taxes.map(({ waived = 0 }) => waived));

/** A note is the sum of its lines, and lowers what is due or was given back, each unit of it in one way. */
function ofCreditNote(rows: Rows, id: string): Finding[] {
  const note = rows.get('creditNote', id);
  const lines = rows.where('creditNoteLineItem', (line) => line.creditNote === id);
  const off = sum(lines.flatMap((line) => [...line.discountAmounts, ...line.creditAmounts].map(({ amount }) => amount)));
  const taxes = lines.flatMap((line) => line.taxes);
  const exclusive = sum(taxes.filter((tax) => tax.tax_behavior === 'exclusive').map(({ amount }) => amount));
  const credited = rows.find('customerBalanceTransaction', note.customerBalanceTransaction)?.amount ?? 0;
  const given = sum(note.refunds.map((refund) => refund.amount_refunded)) - credited + (note.outOfBandAmount ?? 0);
  return [
    differs(`the total of ${id}`, note.total, sum(lines.map(({ amount }) => amount)) - off + exclusive - waivedIn(taxes)),
    differs(`the total without tax of ${id}`, note.totalExcludingTax, note.total - sum(taxes.map(({ amount }) => amount))),
    differs(`the parts of ${id}`, note.prePaymentAmount + note.postPaymentAmount, note.total),
    differs(`what ${id} gave back`, given, note.postPaymentAmount),
    note.total <= 0 && `${id} credits ${String(note.total)}`,
  ];
}

/** Of an invoice's total, net and each tax, and of each of its lines, never more is credited than was billed. */
function neverOvercredited(rows: Rows, id: string): Finding[] {
  const invoice = rows.get('invoice', id);
  const left = leftToCredit(rows, invoice);
  const within = (what: string, is: number, whole: number): Finding =>
    (Math.sign(is) * Math.sign(whole) < 0 || Math.abs(is) > Math.abs(whole)) &&
    `of ${what} of ${id}, ${String(is)} of ${String(whole)} is left`;
  const issued = new Set(rows.where('creditNote', (note) => note.invoice === id && note.status === 'issued').map((note) => note.id));
  const credited = sum([...issued].map((note) => rows.get('creditNote', note).total));
  return [
    differs(`the credit notes of ${id}`, invoice.prePaymentCreditNotesAmount + invoice.postPaymentCreditNotesAmount, credited),
    within('the total', left.total, invoice.total),
    within('the net', left.totalExcludingTax, invoice.totalExcludingTax),
    ...invoice.totalTaxes.map((tax, index) => within(tax.tax_rate, left.totalTaxes[index]?.amount ?? 0, tax.amount)),
    ...rows
      .where('invoiceLineItem', (line) => line.invoice === id)
      .map((line) => {
        const credits = rows.where('creditNoteLineItem', (credit) => credit.invoiceLineItem === line.id && issued.has(credit.creditNote));
        return within(line.id, line.amount - sum(credits.map(({ amount }) => amount)), line.amount);
      }),
  ];
}

function ofSubscriptions(rows: Rows): Finding[] {
  return rows.all('subscription').flatMap((subscription) => {
    const items = rows.where('subscriptionItem', (item) => item.subscription === subscription.id && !item.deleted);
    const cycles = rows
      .where('invoice', ({ subscription: of, cycleAt }) => of === subscription.id && cycleAt !== null)
      .map(({ cycleAt }) => cycleAt);
    const ended = subscription.status === 'canceled' || subscription.status === 'incomplete_expired';
    // What a processor has not answered is stopped with the answer.
    const inFlight = rows.where('paymentAttempt', isUndecided).map(({ invoice }) => invoice);
    const collected = rows.where(
      'dunning',
      ({ invoice, status, subscription: of }) => of === subscription.id && status === 'running' && !inFlight.includes(invoice),
    );
    return [
      items.length === 0 && `${subscription.id} has no item`,
      ...items.map((item) => item.currentPeriodEnd <= item.currentPeriodStart && `${item.id} is in a period that ends before it begins`),
      new Set(cycles).size < cycles.length && `${subscription.id} billed a cycle twice`,
      billsTwice(rows, subscription.id),
      ended !== (subscription.endedAt !== null) &&
        `${subscription.id} is ${subscription.status} and ended at ${String(subscription.endedAt)}`,
      ended && collected.length > 0 && `${subscription.id} has ended, and ${collected[0]?.invoice ?? ''} is still collected`,
      ...ofRecurringRevenue(rows, subscription),
      isHiddenForNothing(subscription) && `${subscription.id} is hidden after its first payment`,
    ];
  });
}

/** A discount of the customer counts from the subscription's next step on, so its customers are left out. */
function ofRecurringRevenue(rows: Rows, subscription: Subscription): Finding[] {
  const { id, customer, currency, mrr } = subscription;
  const own = rows.where('mrrMovement', (each) => each.subscription === id);
  const all = rows.where('mrrMovement', (each) => each.customer === customer && each.currency === currency);
  const others = rows.where('subscription', (each) => each.customer === customer && each.currency === currency);
  const isDiscounted = rows.first('discount', (each) => each.customer === customer && each.subscription === null) !== undefined;
  return [
    !isDiscounted && differs(`the recurring revenue of ${id}`, mrr, mrrOf(rows, subscription, Number.MAX_SAFE_INTEGER) ?? mrr),
    differs(`the movements of ${id}`, sum(own.map(({ amount }) => amount)), mrr),
    differs(`the recurring revenue of ${customer}`, all.at(-1)?.customerMrr ?? 0, sum(others.map((each) => each.mrr))),
  ];
}

/** Whether invoices of several subscriptions have one of its periods twice. */
function billsTwice(rows: Rows, subscription: string): Finding {
  const shared = new Set(rows.where('invoice', ({ consolidates }) => consolidates.includes(subscription)).map(({ id }) => id));
  const lines = rows.where('invoiceLineItem', (line) => shared.has(line.invoice) && line.invoiceItem === null);
  const renewed = lines
    .filter((line) => line.subscription === subscription)
    .map((line) => [line.subscriptionItem, line.price, line.periodStart, line.basis?.usage?.to].join());
  return new Set(renewed).size < renewed.length && `${subscription} is on shared invoices with one period twice`;
}

/** The buyer of a checkout may still try another card. */
const isHiddenForNothing = ({ checkoutSession, hidden, status }: Subscription): boolean =>
  hidden && (checkoutSession === null || status !== 'incomplete');

/** A schedule at work and its subscription name each other, and the running phase is what the subscription is. */
function ofSchedules(rows: Rows): Finding[] {
  const links = rows.all('subscription').map(({ id, schedule }) => {
    const driving = rows.where('subscriptionSchedule', ({ status, subscription }) => status === 'active' && subscription === id);
    const named = driving.map((each) => each.id).join();
    return named !== (schedule ?? '') && `${id} has the schedule ${String(schedule)} and is driven by ${named}`;
  });
  return [
    ...links,
    ...rows.all('subscriptionSchedule').map((schedule) => {
      const { id, status, subscription, phases, currentPhaseStart } = schedule;
      const phase = phases.find(({ start_date: start }) => start === currentPhaseStart);
      if (status !== 'active' || !rows.find('subscription', subscription)) return false;
      const items = rows.where('subscriptionItem', (item) => item.subscription === subscription && !item.deleted);
      const shown = (list: { price: string; quantity: number | null }[]) =>
        list
          .map(({ price, quantity }) => `${String(quantity)} of ${price}`)
          .sort()
          .join();
      return shown(items) !== shown(phase?.items ?? []) && `${id} is in a phase of ${shown(phase?.items ?? [])}, not of ${shown(items)}`;
    }),
  ];
}

function ofPayments(rows: Rows): Finding[] {
  return rows.all('paymentIntent').map((intent) => {
    const succeeded = rows.where('charge', (charge) => charge.paymentIntent === intent.id && charge.captured);
    return (
      (intent.status === 'succeeded') !== (succeeded.length === 1) &&
      `${intent.id} is ${intent.status} with ${String(succeeded.length)} charges`
    );
  });
}

/** What an invoice's lines say that credit grants pay of it. */
function creditsOn(rows: Rows, invoice: string): number {
  const lines = rows.where('invoiceLineItem', (line) => line.invoice === invoice);
  return sum(lines.flatMap((line) => line.creditAmounts.map(({ amount }) => amount)));
}

/** What is left of a grant is the sum of its transactions, and what invoices took of it is on their lines. */
function ofCredits(rows: Rows): Finding[] {
  const signed = ({ type, amount }: CreditBalanceTransaction) => (type === 'credit' ? amount : -amount);
  const final = rows.where('invoice', ({ status }) => status !== 'draft' && status !== 'void').map(({ id }) => id);
  return [
    ...rows.all('creditGrant').flatMap((grant) => {
      const own = rows.where('creditBalanceTransaction', ({ creditGrant }) => creditGrant === grant.id);
      const applied = own.filter(({ reason }) => reason.startsWith('credits_appli'));
      const shown = rows
        .where('invoiceLineItem', (line) => final.includes(line.invoice))
        .flatMap((line) => line.creditAmounts.filter((credit) => credit.credit_grant === grant.id));
      return [
        differs(`what is left of ${grant.id}`, grant.balance, sum(own.map(signed))),
        differs(`what invoices show of ${grant.id}`, sum(shown.map(({ amount }) => amount)), -sum(applied.map(signed))),
        (grant.balance < 0 || grant.balance > grant.amount) && `${grant.id} has ${String(grant.balance)} of ${String(grant.amount)}`,
      ];
    }),
    ...rows.all('invoiceLineItem').map((line) => {
      const paid = sum(line.creditAmounts.map(({ amount }) => amount));
      return paid > Math.max(0, amountAfterDiscounts(line)) && `${String(paid)} of credit pay ${line.id}, which is less`;
    }),
  ];
}

/** It is revenue at once. */
const receivedWithoutInvoice = (rows: Rows): number =>
  sum(
    rows
      .where('charge', (charge) => charge.invoice === null && (charge.captured || charge.status === 'succeeded'))
      .map(({ amountCaptured }) => amountCaptured),
  );

export function checkBooks(rows: Rows, postings: Posted[], now: number): void {
  const entries = postings.flatMap((posting) => posting.entries);
  const of = (account: string, invoice?: string) =>
    sum(
      entries
        .filter((entry) => entry.ledgerAccount.startsWith(account) && (invoice === undefined || entry.invoice === invoice))
        .map(({ amount }) => amount),
    );
  const final = rows.where('invoice', ({ status }) => status !== 'draft' && status !== 'void');
  const balances = sum(rows.all('customer').flatMap(({ balance, otherBalances }) => [balance, ...Object.values(otherBalances)]));
  check([
    ...postings.map(({ transaction, entries: own }) =>
      differs(`the sum of ${transaction.type} of ${transaction.source}`, sum(own.map(({ amount }) => amount)), 0),
    ),
    ...rows
      .all('invoice')
      .map((invoice) =>
        differs(
          `what is receivable of ${invoice.id}, ${invoice.status}`,
          of('receivable', invoice.id),
          invoice.status === 'open' ? invoice.amountRemaining : 0,
        ),
      ),
    ...rows
      .all('invoice')
      .map((invoice) =>
        differs(
          `the bad debt of ${invoice.id}`,
          of('bad_debt', invoice.id) + of('recoverables', invoice.id),
          (invoice.status === 'uncollectible' ? invoice.amountRemaining : 0) - writtenOff(rows, invoice.id),
        ),
      ),
    differs('the customer balance', of('customer_balance'), balances),
    differs(
      'tax payable',
      -of('tax_payable'),
      sum(final.flatMap((invoice) => [...leftAfterRefunds(rows, invoice).totalTaxes, ...keptTaxes(invoice)].map(({ amount }) => amount))),
    ),
    differs('what refunds cost', of('refunds'), refundCosts(rows)),
    differs('what lost disputes cost', of('dispute_losses'), disputeCosts(rows)),
    differs('what banks withhold', of('disputes_withheld'), sum(rows.where('dispute', isWithheld).map(({ amount }) => amount))),
    differs(
      'revenue, recognised and deferred, less credit notes and voids',
      -(of('revenue') + of('deferred_revenue') + of('credit_notes') + of('voids')),
      sum(final.map((invoice) => billed(rows, invoice))) + receivedWithoutInvoice(rows),
    ),
    ...creditAccounts(rows, of),
    ...rows.all('invoice').flatMap(({ id }) => {
      const schedules = postings.flatMap((posting) => posting.schedules).filter(({ invoice }) => invoice === id);
      const earned = (at: number) => sum(schedules.map((schedule) => earnedBy(schedule, at)));
      const lines = rows.where('invoiceLineItem', (line) => line.invoice === id);
      const deferred = -of('deferred_revenue', id);
      return [
        differs(`what is not earned yet of ${id}`, deferred - earned(now), sum(lines.map((line) => unearnedAt(line, now)))),
        differs(`what ${id} will have earned`, earned(Infinity), deferred),
      ];
    }),
    ...rows
      .all('invoice')
      .map((invoice) =>
        differs(
          `the revenue of ${invoice.id}, ${invoice.status}`,
          -(of('revenue', invoice.id) + of('deferred_revenue', invoice.id) + of('credit_notes', invoice.id) + of('voids', invoice.id)),
          final.includes(invoice) ? billed(rows, invoice) : 0,
        ),
      ),
    differs('cash', of('cash_clearing'), sum(rows.all('balanceTransaction').map(({ net }) => net))),
  ]);
}

/**
 * What the revenue accounts have of an invoice: its net, less credit notes and what was not earned of bad debt, refunds and lost disputes, plus usage
 * paid by credit.
 */
const billed = (rows: Rows, invoice: Invoice): number =>
  leftToCredit(rows, invoice).totalExcludingTax + creditsOn(rows, invoice.id) - writtenOff(rows, invoice.id) - unearnedRefunds(invoice);

const unearnedRefunds = ({ refundParts }: Invoice): number => sum(refundParts.map(unearnedIn));

const unearnedIn = ({ lines }: RefundPart): number => sum(lines.map(({ deferred }) => deferred));

/** The taxes of lost disputes that stay payable. */
export const keptTaxes = ({ refundParts }: Invoice): TaxAmount[] =>
  refundParts.filter(({ keepsTax }) => keepsTax).flatMap(({ totalTaxes }) => totalTaxes);

const isWithheld = ({ status }: Dispute): boolean => status === 'needs_response' || status === 'under_review';

/** What banks took back for good, less the tax of it that is taken back, what was not earned of it, and what a note has as given back out of band. */
function disputeCosts(rows: Rows): number {
  const parts = rows.all('invoice').flatMap(({ refundParts }) => refundParts.filter(({ cause }) => cause === 'dispute'));
  const noted = rows.where('creditNote', ({ status }) => status === 'issued').map(({ disputeAmount }) => disputeAmount);
  const lost = rows.where('dispute', ({ status }) => status === 'lost').map(({ amount }) => amount);
  return sum(lost) - sum(noted) - sum(parts.map(takenBack));
}

/** What a part took of taxes and of deferred revenue. */
const takenBack = (part: RefundPart): number => unearnedIn(part) + (part.keepsTax ? 0 : sum(part.totalTaxes.map(({ amount }) => amount)));

/** What was refunded apart from credit notes, less its tax and what was not earned of it. A note's refund is booked before it is sent. */
function refundCosts(rows: Rows): number {
  const sent = rows.where('refund', ({ balanceTransaction, status }) => balanceTransaction !== null && status !== 'failed');
  const noted = rows.where('creditNote', ({ status }) => status === 'issued').flatMap(({ refunds }) => refunds);
  const parts = rows.all('invoice').flatMap(({ refundParts }) => refundParts.filter(({ cause }) => cause === 'refund'));
  return sum(sent.map(({ amount }) => amount)) - sum(noted.map((refund) => refund.amount_refunded)) - sum(parts.map(takenBack));
}

const writtenOff = (rows: Rows, invoice: string): number =>
  sum(rows.where('invoiceLineItem', (line) => line.invoice === invoice).map((line) => line.writtenOff));

/** Prepaid credit that is left is owed; what has expired is breakage; what promotions paid is in their account. */
function creditAccounts(rows: Rows, of: (account: string) => number): Finding[] {
  const grants = rows.all('creditGrant');
  const paid = new Set(grants.filter(({ category }) => category === 'paid').map(({ id }) => id));
  const total = (isPaid: boolean, reason: string) =>
    sum(
      rows
        .where('creditBalanceTransaction', (each) => paid.has(each.creditGrant) === isPaid && each.reason === reason)
        .map(({ amount }) => amount),
    );
  return [
    differs('prepaid credit', -of('prepaid_credits'), sum(grants.filter(({ id }) => paid.has(id)).map(({ balance }) => balance))),
    differs('what was sold as credit', of('prepaid_credit_sales'), total(true, 'credits_granted') - total(true, 'credits_voided')),
    differs('breakage', -of('credit_breakage'), total(true, 'credits_expired')),
    differs(
      'promotional credit used',
      of('promotional_credits'),
      total(false, 'credits_applied') - total(false, 'credits_application_invoice_voided'),
    ),
  ];
}

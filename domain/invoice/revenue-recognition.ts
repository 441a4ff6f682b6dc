/**
 * When an invoice's revenue is earned: evenly by the second, from the start of a line's service period to its end. A line whose period has
 * not ended is deferred, and gets a schedule. A month of 1000 with 200 tax, billed on the 1st: receivable 1200, deferred revenue -1000, tax
 * -200; by the 16th of a month with 30 days, 500 of it is revenue. A line whose period is over, or has no length, is earned at once.
 *
 * Schedules are never changed. What takes revenue away (a credit note, a void, bad debt) ends a schedule by an opposite one that counts from
 * that second, and starts another for what is left. A cancellation without credit takes nothing away, so the schedule runs on. The line has
 * its present schedule: `deferred` is earned from `deferredFrom` to the end of its period.
 */
import type { Invoice, InvoiceLineItem } from '../rows/invoice';
import type { LedgerEntry, RevenueSchedule } from '../core/ledger';
import { netOf } from '../line/taxes';
import { multiplyRatio, negate, sumOf } from '../money/money';
import type { ChangeSet, Posted } from '../core/change-set';

/**
 * What a schedule has earned by `at`: the cumulative amount, rounded once, so that the parts of any division of its time sum to the whole.
 * 31.00 from 15 January to 15 February is 17.00 by the end of January.
 */
export function earnedBy(schedule: Pick<RevenueSchedule, 'amount' | 'startsAt' | 'endsAt' | 'countsFrom'>, at: number): number {
  return at < schedule.countsFrom ? 0 : share(schedule, at) - share(schedule, schedule.countsFrom);
}

function share({ amount, startsAt, endsAt }: Pick<RevenueSchedule, 'amount' | 'startsAt' | 'endsAt'>, at: number): number {
  if (at >= endsAt) return amount;
  return at <= startsAt ? 0 : multiplyRatio(amount, at - startsAt, endsAt - startsAt);
}

/** The part of a line that is billed and not earned yet at `at`. */
export function unearnedAt(line: InvoiceLineItem, at: number): number {
  return line.deferred === 0 ? 0 : line.deferred - earnedBy(scheduleOf(line), at);
}

/** The revenue of an invoice that becomes final; credits have the negative sign of their line. */
export function finalRevenue(changes: ChangeSet, invoice: Invoice): Posted {
  const ahead = linesOf(changes, invoice).filter((line) => line.periodEnd > changes.now && netOf(line) !== 0);
  const schedules = ahead.map((line) =>
    scheduleOf(changes.patch('invoiceLineItem', line.id, { deferred: netOf(line), deferredFrom: line.periodStart })),
  );
  const deferred = sumOf(ahead.map(netOf));
  return {
    entries: [
      entryFor(invoice, 'revenue', negate(invoice.totalExcludingTax - deferred)),
      entryFor(invoice, 'deferred_revenue', negate(deferred)),
    ],
    schedules,
  };
}

/** Takes back the revenue of a void invoice: what was earned is contra revenue. `invoice` has the amounts that credit notes have left. */
export function voidedRevenue(changes: ChangeSet, invoice: Invoice): Posted {
  const taken = linesOf(changes, invoice).map((line) => takeUnearned(changes, line, unearnedAt(line, changes.now)));
  const unearned = sumOf(taken.map(({ amount }) => amount));
  return {
    entries: [entryFor(invoice, 'voids', invoice.totalExcludingTax - unearned), entryFor(invoice, 'deferred_revenue', unearned)],
    schedules: taken.flatMap(({ schedules }) => schedules),
  };
}

/**
 * Takes the part of a credit that was not earned yet off its line's deferred revenue: of 45 credited of a line of 90 for three months,
 * after the first, 29.50. The time that is left of the period decides, by the second. `net` is without tax.
 */
export function creditDeferred(changes: ChangeSet, line: InvoiceLineItem, net: number): { amount: number; schedules: RevenueSchedule[] } {
  const unearned = unearnedAt(line, changes.now);
  if (unearned === 0) return { amount: 0, schedules: [] };
  return takeUnearned(changes, line, aheadOf(line, net, { at: changes.now, most: unearned }));
}

/**
 * Takes the part of a credit off what was written off of its line, because it was not earned when the invoice was marked uncollectible. Of
 * 1000 that were marked in the middle of their period, 500 were written off; a credit of 400 takes 200 of these.
 *
 * @param net of what is credited and not paid, without tax
 * @returns the part, and the net of which it is the unearned part
 */
export function creditWrittenOff(
  changes: ChangeSet,
  line: InvoiceLineItem,
  { net, markedAt }: { net: number; markedAt: number },
): { amount: number; net: number } {
  if (line.writtenOff === 0) return { amount: 0, net: 0 };
  const amount = aheadOf(line, net, { at: markedAt, most: line.writtenOff });
  changes.patch('invoiceLineItem', line.id, { writtenOff: line.writtenOff - amount });
  return { amount, net: multiplyRatio(amount, line.periodEnd - line.periodStart, aheadAt(line, markedAt)) };
}

/** The share of `net` whose time lies ahead of `at`, but not more than `most`. */
function aheadOf(line: InvoiceLineItem, net: number, { at, most }: { at: number; most: number }): number {
  const part = multiplyRatio(net, aheadAt(line, at), line.periodEnd - line.periodStart);
  return net < 0 ? Math.max(part, most) : Math.min(part, most);
}

const aheadAt = ({ periodStart, periodEnd }: InvoiceLineItem, at: number): number => periodEnd - Math.max(at, periodStart);

/** Takes the unpaid share of what is not earned yet off the deferred revenue of an uncollectible invoice. */
export function writeOffUnearned(changes: ChangeSet, invoice: Invoice, total: number): { amount: number; schedules: RevenueSchedule[] } {
  if (total === 0) return { amount: 0, schedules: [] };
  const taken = linesOf(changes, invoice).map((line) => {
    const part = multiplyRatio(unearnedAt(line, changes.now), invoice.amountRemaining, total);
    const of = takeUnearned(changes, line, part);
    changes.patch('invoiceLineItem', line.id, { writtenOff: part });
    return of;
  });
  return { amount: sumOf(taken.map(({ amount }) => amount)), schedules: taken.flatMap(({ schedules }) => schedules) };
}

/** Gives back what was written off when the invoice was marked uncollectible, as if it never had been. */
export function restoreWrittenOff(changes: ChangeSet, invoice: Invoice): Posted {
  const restored = linesOf(changes, invoice)
    .filter((line) => line.writtenOff !== 0)
    .map((line) => {
      changes.patch('invoiceLineItem', line.id, { writtenOff: 0 });
      return restoreUnearned(changes, line, { amount: line.writtenOff, since: invoice.markedUncollectibleAt ?? changes.now });
    });
  return { entries: restored.flatMap(({ entries }) => entries), schedules: restored.flatMap(({ schedules }) => schedules) };
}

/**
 * Gives a line back what was taken off its deferred revenue at `since`. What it would have earned in the meantime is revenue; the rest is
 * deferred again.
 */
export function restoreUnearned(changes: ChangeSet, line: InvoiceLineItem, taken: { amount: number; since: number }): Posted {
  const startsAt = Math.max(taken.since, line.periodStart);
  const back = { amount: taken.amount, startsAt, endsAt: line.periodEnd, countsFrom: startsAt };
  const rest = taken.amount - earnedBy(back, changes.now);
  const entry = (account: 'revenue' | 'deferred_revenue', amount: number): LedgerEntry => ({
    ledgerAccount: account,
    amount,
    currency: line.currency,
    invoice: line.invoice,
  });
  return {
    entries: [entry('revenue', negate(taken.amount - rest)), entry('deferred_revenue', negate(rest))],
    schedules: reschedule(changes, line, unearnedAt(line, changes.now) + rest),
  };
}

function takeUnearned(changes: ChangeSet, line: InvoiceLineItem, amount: number): { amount: number; schedules: RevenueSchedule[] } {
  if (amount === 0) return { amount, schedules: [] };
  return { amount, schedules: reschedule(changes, line, unearnedAt(line, changes.now) - amount) };
}

/** Ends the line's schedule now, and starts another, which earns `rest` until the end of the period. */
function reschedule(changes: ChangeSet, line: InvoiceLineItem, rest: number): RevenueSchedule[] {
  const countsFrom = Math.max(changes.now, line.periodStart);
  if (countsFrom >= line.periodEnd) return [];
  const ended: RevenueSchedule[] =
    line.deferred === 0
      ? []
      : [{ ...scheduleOf(line), amount: negate(line.deferred), countsFrom: Math.max(countsFrom, line.deferredFrom) }];
  const next = changes.patch('invoiceLineItem', line.id, { deferred: rest, deferredFrom: countsFrom });
  return rest === 0 ? ended : [...ended, scheduleOf(next)];
}

const scheduleOf = (line: InvoiceLineItem): RevenueSchedule => ({
  invoice: line.invoice,
  invoiceLineItem: line.id,
  currency: line.currency,
  amount: line.deferred,
  startsAt: line.deferredFrom,
  endsAt: line.periodEnd,
  countsFrom: line.deferredFrom,
});

const linesOf = (changes: ChangeSet, invoice: Invoice): InvoiceLineItem[] =>
  changes.rows.where('invoiceLineItem', (line) => line.invoice === invoice.id);

const entryFor = ({ id, currency }: Invoice, ledgerAccount: LedgerEntry['ledgerAccount'], amount: number): LedgerEntry => ({
  ledgerAccount,
  amount,
  currency,
  invoice: id,
});

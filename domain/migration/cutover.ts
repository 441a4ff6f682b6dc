/**
 * Who bills a customer changes under the lock of the customer's row, and only between two invoices: the source is frozen before Dunlin begins to bill, and
 * Dunlin has stopped before the source is freed again.
 */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { hasEnded } from '../credit/balance';
import { isBilledHere } from '../rows/customer';
import type { Cutover, MoneyAtSwitch } from '../rows/cutover';
import type { Rows } from '../rows/rows';
import type { ShadowInvoice } from '../rows/shadow-invoice';
import type { Subscription } from '../rows/subscription';
import { nextPhase, scheduleEnd } from '../rows/subscription-schedule';
import { itemsOf } from '../subscription-item/items';
import { dropSchedules } from './schedules';

/** So many cycles in a row must agree. */
const EQUAL_CYCLES = 2;
/** What callers ask of a subscription. Its other steps are on its agenda. */
export const ASKED: readonly string[] = [
  ...['updateSubscription', 'cancelSubscription', 'pauseSubscription', 'resumeSubscription', 'migrateSubscription'],
  ...['createSubscriptionItem', 'updateSubscriptionItem', 'deleteSubscriptionItem', 'deleteDiscount'],
  ...['createScheduleFromSubscription', 'updateSchedule', 'cancelSchedule', 'releaseSchedule'],
];
/** Nothing is changed so shortly before an invoice is due. Seconds. */
const MARGIN = 3600;

const isOver = ({ status }: Subscription): boolean => status === 'canceled' || status === 'incomplete_expired';

const livingOf = (rows: Rows, customer: string): Subscription[] =>
  rows.where('subscription', (each) => each.customer === customer && !isOver(each));

/** When the next of the customer's periods ends, or a phase begins or ends. Null: none does. */
function nextDueOf(rows: Rows, customer: string, now: number): number | null {
  const ends = livingOf(rows, customer).flatMap(({ id, cancelAt }) => [
    ...itemsOf(rows, id).map((item) => item.currentPeriodEnd),
    ...(cancelAt === null ? [] : [cancelAt]),
  ]);
  const living = livingOf(rows, customer).map(({ id }) => id);
  const running = rows.where(
    'subscriptionSchedule',
    ({ status, subscription }) => status === 'active' && living.includes(subscription ?? ''),
  );
  const phases = running.map((schedule) => nextPhase(schedule)?.start_date ?? scheduleEnd(schedule));
  const planned = rows.where('subscriptionSchedule', (each) => each.customer === customer && each.startsElsewhere);
  // One whose time has come has begun there, as a subscription.
  const starts = planned.flatMap(({ phases: [first] }) => (first && first.start_date > now ? [first.start_date] : []));
  const all = [...ends, ...phases, ...starts];
  return all.length === 0 ? null : Math.min(...all);
}

/** Why the customer should not be cut over yet. Null: nothing speaks against it. `force` overrules it. */
function notReady(shadows: readonly ShadowInvoice[], subscriptions: readonly Subscription[]): string | null {
  const unpaid = subscriptions.find(({ status }) => status === 'past_due' || status === 'unpaid');
  if (unpaid) return `The subscription ${unpaid.id} is ${unpaid.status}: the other system has an invoice to collect.`;
  for (const { id } of subscriptions) {
    const last = shadows.filter(({ subscription }) => subscription === id).slice(-EQUAL_CYCLES);
    const wrong = last.find(({ status }) => status === 'different' || status === 'waiting');
    if (wrong) return `The shadow invoice ${wrong.id} of ${id} is ${wrong.status}.`;
    if (last.length < EQUAL_CYCLES) return `Of ${id} ${String(last.length)} cycles were compared, not ${String(EQUAL_CYCLES)}.`;
  }
  return null;
}

/**
 * Begins the change: from here on no other begins for the customer.
 *
 * @throws BillingError parameter_invalid if Dunlin bills already, an invoice is due within the hour, or (unless forced) the invoices did not agree
 */
export function beginCutover(
  changes: ChangeSet,
  { customer: id, forced, shadows }: { customer: string; forced: boolean; shadows: readonly ShadowInvoice[] },
): Cutover {
  const customer = changes.rows.find('customer', id);
  if (!customer || customer.deleted) throw new BillingError('resource_missing', `No such customer: '${id}'`, { param: 'customer' });
  if (isBilledHere(customer)) throw invalid('Dunlin bills this customer already.');
  const dueAt = nextDueOf(changes.rows, id, changes.now);
  requireTime(changes.now, dueAt);
  const reason = forced ? null : notReady(shadows, livingOf(changes.rows, id));
  if (reason !== null) throw invalid(`${reason} Pass \`force\` to cut over all the same.`);
  return changes.put('cutover', {
    ...changes.resource('cutover'),
    ...{ customer: id, status: 'freezing', forced, dueAt, frozen: [], switchedAt: null, moneyAtSwitch: null, reason: null },
  });
}

function requireTime(now: number, dueAt: number | null): void {
  if (dueAt === null || now < dueAt - MARGIN) return;
  throw invalid('An invoice of the customer is due within the hour. Try again when both systems have made it.');
}

const invalid = (message: string): BillingError => new BillingError('parameter_invalid', message, { param: 'customer' });

/**
 * The source is frozen, and our rows are those that it shows: from now on Dunlin bills. If a period has ended meanwhile, it is not known who has billed
 * it, so nothing changes and the source is freed again.
 *
 * @param planned the schedules that have not begun at the source
 */
export function switchBilling(changes: ChangeSet, id: string, planned: readonly string[]): Cutover {
  const cutover = changes.rows.get('cutover', id);
  if (cutover.status !== 'freezing') return cutover;
  const { customer, dueAt } = cutover;
  const next = nextDueOf(changes.rows, customer, changes.now);
  const isLate = dueAt !== null && changes.now >= dueAt;
  if (isLate || next !== dueAt) {
    const reason = isLate
      ? 'An invoice became due before the other system was frozen.'
      : 'The periods of the two systems are not the same.';
    return changes.patch('cutover', id, { status: 'returning', reason });
  }
  changes.patch('customer', customer, { billedBy: 'dunlin' });
  dropSchedules(changes, customer, planned);
  for (const subscription of livingOf(changes.rows, customer)) changes.wake('subscription', subscription.id, subscription);
  changes.outcome = `${customer} is billed by dunlin`;
  return changes.patch('cutover', id, {
    status: 'done',
    switchedAt: changes.now,
    moneyAtSwitch: moneyOf(changes.rows, customer, changes.now),
  });
}

/** The source cannot be frozen as it is: nothing changes, and it is freed again. */
export function refuseCutover(changes: ChangeSet, id: string, reason: string): Cutover {
  const cutover = changes.rows.get('cutover', id);
  return cutover.status === 'freezing' ? changes.patch('cutover', id, { status: 'returning', reason }) : cutover;
}

/** What has ended pays nothing in either system. */
function moneyOf(rows: Rows, id: string, now: number): MoneyAtSwitch {
  const { balance, currency, otherBalances } = rows.get('customer', id);
  const grants = rows.where('creditGrant', (grant) => grant.customer === id && grant.balance > 0 && !hasEnded(grant, now));
  return {
    balances: { ...otherBalances, ...(currency === null ? {} : { [currency]: balance }) },
    grants: Object.fromEntries(grants.map((grant) => [grant.id, grant.balance])),
  };
}

/** Money that the source does not know of. */
function moneyChanged(rows: Rows, { customer, moneyAtSwitch }: Cutover, now: number): string | null {
  if (moneyAtSwitch === null) return null;
  const today = moneyOf(rows, customer, now);
  const currency = changedKey(moneyAtSwitch.balances, today.balances);
  if (currency !== undefined) return `The balance in ${currency} was changed at Dunlin since.`;
  // A grant that has expired meanwhile has expired there, too.
  const expired = rows.where('creditGrant', (grant) => grant.voidedAt === null && hasEnded(grant, now)).map(({ id }) => id);
  const before = Object.fromEntries(Object.entries(moneyAtSwitch.grants).filter(([id]) => !expired.includes(id)));
  const grant = changedKey(before, today.grants);
  return grant === undefined ? null : `The credit grant ${grant} was changed at Dunlin since.`;
}

const changedKey = (before: Record<string, number>, after: Record<string, number>): string | undefined =>
  Object.keys({ ...before, ...after }).find((key) => (before[key] ?? 0) !== (after[key] ?? 0));

/** What Dunlin has made since, and the source knows nothing of: nobody would bill it there, or what was canceled here would be billed there. */
function keptHere(
  rows: Rows,
  { customer, frozen }: Cutover,
  { switchedAt, changed }: { switchedAt: number; changed: readonly string[] },
): string | null {
  const billed = rows.first('invoice', (invoice) => invoice.customer === customer && invoice.created >= switchedAt);
  if (billed) return `Dunlin has made the invoice ${billed.id} since.`;
  const item = rows.first('invoiceItem', (each) => each.customer === customer && !each.deleted && each.created >= switchedAt);
  if (item) return `The invoice item ${item.id} was created at Dunlin since.`;
  const planned = rows.first('subscriptionSchedule', (each) => each.customer === customer && each.status === 'not_started');
  if (planned) return `The schedule ${planned.id} was planned at Dunlin since.`;
  const known = frozen.map(({ subscription }) => subscription);
  const begun = livingOf(rows, customer).find(({ id }) => !known.includes(id));
  if (begun) return `The subscription ${begun.id} has begun at Dunlin since.`;
  const [other] = changed;
  return other === undefined ? null : `The subscription ${other} was changed at Dunlin since.`;
}

/**
 * The way back, as long as Dunlin has billed and changed nothing: Dunlin stops at once, and then the source is freed.
 *
 * @param changed the customer's subscriptions that a caller has changed since
 * @throws BillingError parameter_invalid
 */
export function beginReturn(changes: ChangeSet, id: string, changed: readonly string[]): Cutover {
  const cutover = changes.rows.get('cutover', id);
  const { customer, status, switchedAt } = cutover;
  if (status !== 'done' || switchedAt === null) throw wrongState(`The cutover is ${status}.`);
  const reason = keptHere(changes.rows, cutover, { switchedAt, changed }) ?? moneyChanged(changes.rows, cutover, changes.now);
  if (reason !== null) throw wrongState(`${reason} The customer stays here.`);
  requireTime(changes.now, nextDueOf(changes.rows, customer, changes.now));
  changes.patch('customer', customer, { billedBy: 'source' });
  changes.outcome = `${customer} is billed by the source again`;
  return changes.patch('cutover', id, { status: 'returning', switchedAt: null, moneyAtSwitch: null });
}

const wrongState = (message: string): BillingError => new BillingError('parameter_invalid', message, { param: 'id' });

/** The source bills again: after the way back, or because the cutover was refused. */
export function endReturn(changes: ChangeSet, id: string): Cutover {
  const { status, reason } = changes.rows.get('cutover', id);
  return changes.patch('cutover', id, status === 'returning' ? { status: reason === null ? 'returned' : 'refused' } : {});
}

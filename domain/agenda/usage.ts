/**
 * The state of the workflow that watches a customer's usage: which alerts have triggered, which usage arrived late for ended subscriptions,
 * when credit expires, and when more credit is bought. Usage counts from the alert's activation on, by the meter's own formula. Spend is
 * the total of the living subscriptions in the alert's currency, in their running periods.
 */
import BigNumber from 'bignumber.js';
import type { Alert, AlertTriggered } from '../rows/alert';
import { creditExpiries } from '../credit/balance';
import { activeTopUps, topUpAgenda } from '../credit-top-up/due-purchases';
import { alertWindow } from '../usage/windows';
import { spendSoFar } from '../usage/live-usage';
import { sumOf } from '../money/money';
import type { Rows } from '../rows/rows';
import { byTime, ENDED, type EntityState } from '../core/entity-state';
import type { Subscription } from '../rows/subscription';
import { LOOK_AGAIN_SECONDS, usageHorizon } from '../rows/usage';
import { itemsOf } from '../subscription-item/items';
import { unbilledSpans } from '../usage/billing';
import type { UsagePeriod } from '../rows/usage-period';
import type { AgendaItem } from '../rows/workflow';

/** The value that triggers an alert for a customer. */
export interface Reached {
  value: string;
  /** Spend alerts: when the last of the counted periods ends. */
  periodEnd: number | null;
}

/** The workflow ends when there is nothing to watch. The next usage of a watched meter, or a grant that expires, starts it again. */
export function usageState(rows: Rows, customer: string, now: number): EntityState {
  const alerts = rows.where('alert', (alert) => watches(alert, customer) && !isDone(alert, latestOf(rows, alert, customer)));
  const expiries = creditExpiries(rows, customer);
  const topUps = activeTopUps(rows, customer);
  const late = unbilledSpans(rows, customer).map((span) => lateItem(span, now));
  if (alerts.length + expiries.length + late.length + topUps.length === 0) return ENDED('idle');
  const buying = topUps.flatMap((topUp) => topUpAgenda(rows, topUp, now));
  const agenda = byTime([...late, ...alerts.flatMap((alert) => alertAgenda(rows, alert, customer, now)), ...expiries, ...buying]);
  const counts = topUps.length > 0 || alerts.some(({ alertType }) => alertType === 'spend_threshold');
  if (counts && hasUsageAhead(rows, now)) agenda.push({ step: 'lookAtUsage', at: now + LOOK_AGAIN_SECONDS, key: 'lookAtUsage' });
  return { status: 'watching', pendingCall: null, agenda: byTime(agenda), ended: false };
}

/** Spend and credit are counted up to this second, and some events are dated after it. */
function hasUsageAhead(rows: Rows, now: number): boolean {
  return rows.all('subscriptionItem').some(({ price: id, usageFrom }) => {
    const { meter = null, dimension_filters: filters = {} } = rows.get('price', id).recurring ?? {};
    if (usageFrom === null || meter === null || !rows.usage) return false;
    return rows.usage.in({ meter, filters, from: now + 1, to: usageHorizon(now) }).events > 0;
  });
}

function lateItem({ id, bills }: UsagePeriod, now: number): AgendaItem {
  return { step: 'billLateUsage', at: now, key: `billLateUsage/${id}/${String(bills)}`, target: id };
}

/** The value with which the alert triggers now; null if it does not. */
export function reached(rows: Rows, alert: Alert, customer: string, now: number): Reached | null {
  const latest = latestOf(rows, alert, customer);
  if (!watches(alert, customer) || isDone(alert, latest) || isSilent(alert, latest, now)) return null;
  const found = alert.alertType === 'usage_threshold' ? usageOf(rows, alert, customer, now) : spendOf(rows, alert, customer, now);
  return new BigNumber(found.value).gte(alert.gte) ? found : null;
}

export function latestOf(rows: Rows, { id }: Alert, customer: string): AlertTriggered | undefined {
  const all = rows.where('alertTriggered', (each) => each.alert === id && each.customer === customer);
  return all.sort((a, b) => a.number - b.number).at(-1);
}

/** Each trigger has another key. */
function alertAgenda(rows: Rows, alert: Alert, customer: string, now: number): AgendaItem[] {
  if (!reached(rows, alert, customer, now)) return [];
  const number = nextNumber(latestOf(rows, alert, customer));
  return [{ step: 'triggerAlert', at: now, key: `triggerAlert/${alert.id}/${String(number)}`, target: alert.id }];
}

export const nextNumber = (latest: AlertTriggered | undefined): number => (latest ? latest.number + 1 : 0);

function watches(alert: Alert, customer: string): boolean {
  return alert.status === 'active' && (alert.customer === null || alert.customer === customer);
}

function isDone(alert: Alert, latest: AlertTriggered | undefined): boolean {
  return alert.recurrence === 'one_time' && latest?.activation === alert.activation;
}

/** Spend that was counted does not trigger again: the alert is silent until every counted period is over. */
function isSilent(alert: Alert, latest: AlertTriggered | undefined, now: number): boolean {
  return latest?.activation === alert.activation && latest.periodEnd !== null && now < latest.periodEnd;
}

function usageOf(rows: Rows, alert: Alert, customer: string, now: number): Reached {
  const window = alertWindow(rows, alert, customer, now);
  if (window && !rows.usage) throw new Error('usage is not among the loaded facts');
  return { value: (window && rows.usage?.in(window).quantity) ?? '0', periodEnd: null };
}

const DEAD: Subscription['status'][] = ['canceled', 'incomplete_expired', 'incomplete'];

function spendOf(rows: Rows, { currency }: Alert, customer: string, now: number): Reached {
  const living = rows.where(
    'subscription',
    (each) => each.customer === customer && each.currency === currency && !DEAD.includes(each.status) && itemsOf(rows, each.id).length > 0,
  );
  // A subscription whose renewal is due is counted after the renewal, which wakes this workflow.
  const spends = living.map((subscription) => spendSoFar(rows, subscription, now)).filter(({ end }) => end > now);
  const periodEnd = spends.length === 0 ? null : Math.max(...spends.map(({ end }) => end));
  return { value: String(sumOf(spends.map(({ total }) => total))), periodEnd };
}

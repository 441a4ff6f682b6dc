/** The state of a subscription: its status, its pending charge, and its agenda. */
import { thresholdDue } from '../subscription/thresholds';
import { invoiceAgenda } from './invoice';
import { isBeingPaid } from '../invoice-rules/collection';
import { nextNotice } from '../mail/notices';
import { pendingCallOf } from '../payment/intents';
import type { Rows } from '../rows/rows';
import { scheduleAgenda, unbornStanding } from './schedule';
import { renewalAmount } from './renewal-amount';
import { agendaItem, byTime, ENDED, type EntityState } from '../core/entity-state';
import { renewalOf, renewalToAnnounce, TRIAL_NOTICE_SECONDS } from '../subscription/renewal';
import { settlementOf } from '../subscription/settlement';
import type { Subscription } from '../rows/subscription';
import { workflowId, type AgendaItem } from '../rows/workflow';

const INCOMPLETE_SECONDS = 23 * 3600;

export function subscriptionState(rows: Rows, subject: string, now: number): EntityState {
  const subscription = rows.find('subscription', subject);
  if (!subscription) return unbornStanding(rows, subject);
  const { status } = subscription;
  const pendingCall = pendingCallOf(rows, workflowId('subscription', subject));
  if (pendingCall) return { status, pendingCall, agenda: [], ended: false };
  if (status === 'canceled' || status === 'incomplete_expired') return ENDED(status);
  const settlement = settlementOf(rows, subscription);
  if (settlement) {
    const key = `settle/${settlement}/${subscription.latestInvoice ?? ''}/${rows.find('invoice', subscription.latestInvoice)?.status ?? ''}`;
    return { status, pendingCall: null, agenda: [{ step: 'settleSubscription', at: now, key }], ended: false };
  }
  return { status, pendingCall: null, agenda: byTime(agendaOf(rows, subscription, now)), ended: false };
}

function agendaOf(rows: Rows, subscription: Subscription, now: number): AgendaItem[] {
  const { id, status } = subscription;
  const invoices = rows.where('invoice', (invoice) => invoice.subscription === id).flatMap((invoice) => invoiceAgenda(rows, invoice));
  if (status === 'incomplete')
    return [...invoices, agendaItem('expireIncomplete', subscription.incompleteUntil ?? subscription.created + INCOMPLETE_SECONDS)];
  const waits = [
    ...invoices,
    ...pendingUpdateAgenda(rows, subscription),
    ...cancellationAgenda(subscription),
    ...scheduleAgenda(rows, id, now),
  ];
  if (status === 'paused') return [...waits, ...resumptionAgenda(rows, subscription)];
  return [
    ...waits,
    ...thresholdAgenda(rows, subscription, now),
    ...noticeAgenda(rows, subscription, now),
    ...cycleAgenda(rows, subscription),
    ...pendingItemAgenda(subscription),
    ...trialAgenda(subscription, now),
    ...mailAgenda(rows, subscription, now),
    ...collectionAgenda(subscription),
  ];
}

/** Each threshold bill is an invoice, so the latest invoice distinguishes one occurrence from the next. */
function thresholdAgenda(rows: Rows, subscription: Subscription, now: number): AgendaItem[] {
  const at = thresholdDue(rows, subscription, now);
  return at === null ? [] : [{ step: 'billThreshold', at, key: `billThreshold/${subscription.latestInvoice ?? 'first'}` }];
}

/** The notice comes so many days before the renewal, or at once if less time is left. */
function noticeAgenda(rows: Rows, subscription: Subscription, now: number): AgendaItem[] {
  const notice = renewalToAnnounce(rows, subscription);
  if (notice === null) return [];
  const at = Math.max(notice.at, Math.min(now, notice.end));
  return [{ step: 'announceRenewal', at, key: `announceRenewal/${String(notice.end)}` }];
}

/** At the same instant the end comes first: a subscription that is canceled then is not renewed. */
function cycleAgenda(rows: Rows, subscription: Subscription): AgendaItem[] {
  const end = renewalOf(rows, subscription);
  if (end === null) return [];
  const amount = renewalAmount(rows, subscription, end);
  return [{ ...agendaItem('renewSubscription', end), ...(amount === null ? {} : { amount }) }];
}

/** At the same instant the renewal comes first, and takes the items. */
function pendingItemAgenda({ pendingItemBilling: billing }: Subscription): AgendaItem[] {
  return billing === null ? [] : [agendaItem('billPendingItems', billing.next)];
}

function cancellationAgenda({ cancelAt }: Subscription): AgendaItem[] {
  return cancelAt === null ? [] : [agendaItem('cancelOnSchedule', cancelAt)];
}

function trialAgenda({ status, trialEnd, trialWillEndSentAt }: Subscription, now: number): AgendaItem[] {
  if (status !== 'trialing' || trialEnd === null || trialWillEndSentAt !== null) return [];
  const at = Math.max(trialEnd - TRIAL_NOTICE_SECONDS, Math.min(now, trialEnd));
  return [{ step: 'announceTrialEnd', at, key: `announceTrialEnd/${String(trialEnd)}` }];
}

/** A customer is told by mail of a charge to come. */
function mailAgenda(rows: Rows, subscription: Subscription, now: number): AgendaItem[] {
  const notice = nextNotice(rows, subscription);
  if (notice === null) return [];
  const at = Math.max(notice.at, Math.min(now, notice.chargedAt));
  return [{ step: 'noticeCharge', at, key: `noticeCharge/${String(notice.at)}` }];
}

function collectionAgenda({ pauseCollection }: Subscription): AgendaItem[] {
  const at = pauseCollection?.resumes_at ?? null;
  return at === null ? [] : [agendaItem('resumeCollection', at)];
}

/** While a bank collects what the change costs, it does not expire. */
function pendingUpdateAgenda(rows: Rows, { pendingUpdate }: Subscription): AgendaItem[] {
  const invoice = rows.find('invoice', pendingUpdate?.invoice ?? null);
  return pendingUpdate && !(invoice && isBeingPaid(rows, invoice))
    ? [agendaItem('expirePendingUpdate', pendingUpdate.expires_at, pendingUpdate.invoice)]
    : [];
}

function resumptionAgenda(rows: Rows, { resumptionInvoice }: Subscription): AgendaItem[] {
  const invoice = rows.find('invoice', resumptionInvoice);
  return invoice && !isBeingPaid(rows, invoice) ? [agendaItem('expireResumption', invoice.created + INCOMPLETE_SECONDS, invoice.id)] : [];
}

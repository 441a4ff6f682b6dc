/** Credit grants: made, prolonged, and ended early. Nothing is ever taken from one but by a transaction. */
import { hasEnded, putCreditTransaction } from './balance';
import type { CreditGrant } from '../rows/credit-grant';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { Plan } from '../core/change-set';
import type { Metadata } from '../rows/resource';
import { LIMITS } from '../core/limits';

/** Stripe's limit of grants with something left, per customer. */

export type NewCreditGrant = Pick<
  CreditGrant,
  'customer' | 'name' | 'category' | 'currency' | 'amount' | 'priority' | 'prices' | 'expiresAt' | 'metadata'
> & { effectiveAt: number | null };

/** The facts are the customer and what it has left. @throws parameter_invalid */
export function createCreditGrant(plan: Plan, asked: NewCreditGrant): void {
  const effectiveAt = asked.effectiveAt ?? plan.now;
  assertAhead(plan, asked.expiresAt, effectiveAt);
  const left = plan.rows.where('creditGrant', ({ customer, balance }) => customer === asked.customer && balance > 0);
  if (left.length >= LIMITS.creditGrants.max) {
    const message = `A customer can have at most ${String(LIMITS.creditGrants.max)} credit grants that are not used up.`;
    throw new BillingError('parameter_invalid', message, { param: 'customer' });
  }
  putCreditGrant(plan, { ...asked, effectiveAt });
}

/** A grant with its credit, whoever asked for it. */
export function putCreditGrant(plan: Plan, asked: NewCreditGrant & { effectiveAt: number }): CreditGrant {
  const { testClock } = plan.rows.get('customer', asked.customer);
  const { effectiveAt } = asked;
  const state = { balance: 0, updated: plan.now, voidedAt: null, testClock };
  const grant = plan.put('creditGrant', { ...plan.resource('credgr'), ...asked, ...state });
  putCreditTransaction(plan, grant.id, { reason: 'credits_granted', amount: grant.amount, effectiveAt });
  plan.emit('billing.credit_grant.created', 'creditGrant', grant.id);
  wakeExpiry(plan, grant);
  return grant;
}

/** @throws parameter_invalid for an end that is not ahead, or of a grant that has ended */
export function updateCreditGrant(
  plan: Plan,
  id: string,
  { expiresAt, metadata }: { expiresAt?: number | null | undefined; metadata?: Metadata | null | undefined },
): void {
  const before = plan.rows.get('creditGrant', id);
  if (expiresAt !== undefined) {
    assertLiving(plan, before);
    assertAhead(plan, expiresAt, before.effectiveAt);
  }
  const end = expiresAt === undefined ? before.expiresAt : expiresAt;
  changed(plan, id, { expiresAt: end, metadata: mergeMetadata(before.metadata, metadata) });
  if (end !== before.expiresAt) wakeExpiry(plan, before);
}

/** It ends now, whatever is left. @throws parameter_invalid where it has ended */
export function expireCreditGrant(plan: Plan, id: string): void {
  assertLiving(plan, plan.rows.get('creditGrant', id));
  changed(plan, id, { expiresAt: plan.now });
  bookEnd(plan, id);
  wakeTopUps(plan, id);
}

/** As if what is left had never been granted. @throws parameter_invalid where it has ended */
export function voidCreditGrant(plan: Plan, id: string): void {
  assertLiving(plan, plan.rows.get('creditGrant', id));
  changed(plan, id, { voidedAt: plan.now });
  bookEnd(plan, id);
  wakeTopUps(plan, id);
}

/** Books what was left of a grant that has ended. Until then it pays nothing all the same. */
export function bookEnd(plan: Plan, id: string): void {
  const grant = plan.rows.get('creditGrant', id);
  if (grant.balance === 0 || !hasEnded(grant, plan.now)) return;
  const { voidedAt, expiresAt, balance } = grant;
  const reason = voidedAt === null ? 'credits_expired' : 'credits_voided';
  putCreditTransaction(plan, id, { reason, amount: balance, effectiveAt: voidedAt ?? expiresAt ?? plan.now });
}

function changed(plan: Plan, id: string, change: Partial<CreditGrant>): void {
  plan.patch('creditGrant', id, { ...change, updated: plan.now });
  plan.emitUpdated('billing.credit_grant.updated', 'creditGrant', id);
}

/** Whoever books its end looks when that is. */
function wakeExpiry(plan: Plan, { id, customer }: CreditGrant): void {
  if (plan.rows.get('creditGrant', id).expiresAt !== null) plan.wake('usage', customer, { customer });
}

/** Too little may be left now; rules that buy more are among the facts where there are any. */
function wakeTopUps(plan: Plan, id: string): void {
  const { customer } = plan.rows.get('creditGrant', id);
  if (plan.rows.all('creditTopUp').length > 0) plan.wake('usage', customer, { customer });
}

function assertLiving(plan: Plan, grant: CreditGrant): void {
  if (!hasEnded(grant, plan.now)) return;
  const how = grant.voidedAt === null ? 'has expired' : 'was voided';
  throw new BillingError('parameter_invalid', `This credit grant ${how} and can no longer be changed in this way.`);
}

function assertAhead(plan: Plan, expiresAt: number | null, effectiveAt: number): void {
  if (expiresAt === null || expiresAt > Math.max(plan.now, effectiveAt)) return;
  throw new BillingError('parameter_invalid', '`expires_at` must be in the future and after `effective_at`.', { param: 'expires_at' });
}

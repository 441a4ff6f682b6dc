/** Credit grants: made, prolonged, and ended early. Nothing is ever taken from one but by a transaction. */
import { hasEnded, putCreditTransaction } from './balance';
import type { CreditGrant } from '../rows/credit-grant';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import type { Metadata } from '../rows/resource';
import { LIMITS } from '../core/limits';

/** Stripe's limit of grants with something left, per customer. */

export type NewCreditGrant = Pick<
  CreditGrant,
  'customer' | 'name' | 'category' | 'currency' | 'amount' | 'priority' | 'prices' | 'expiresAt' | 'metadata'
> & { effectiveAt: number | null };

/** The facts are the customer and what it has left. @throws parameter_invalid */
export function createCreditGrant(changes: ChangeSet, params: NewCreditGrant): void {
  const effectiveAt = params.effectiveAt ?? changes.now;
  assertAhead(changes, params.expiresAt, effectiveAt);
  const left = changes.rows.where('creditGrant', ({ customer, balance }) => customer === params.customer && balance > 0);
  if (left.length >= LIMITS.creditGrants.max) {
    const message = `A customer can have at most ${String(LIMITS.creditGrants.max)} credit grants that are not used up.`;
    throw new BillingError('parameter_invalid', message, { param: 'customer' });
  }
  putCreditGrant(changes, { ...params, effectiveAt });
}

/** A grant with its credit, whoever asked for it. */
export function putCreditGrant(changes: ChangeSet, params: NewCreditGrant & { effectiveAt: number }): CreditGrant {
  const { testClock } = changes.rows.get('customer', params.customer);
  const { effectiveAt } = params;
  const state = { balance: 0, updated: changes.now, voidedAt: null, testClock };
  const grant = changes.put('creditGrant', { ...changes.resource('credgr'), ...params, ...state });
  putCreditTransaction(changes, grant.id, { reason: 'credits_granted', amount: grant.amount, effectiveAt });
  changes.emit('billing.credit_grant.created', 'creditGrant', grant.id);
  wakeExpiry(changes, grant);
  return grant;
}

/** @throws parameter_invalid for an end that is not ahead, or of a grant that has ended */
export function updateCreditGrant(
  changes: ChangeSet,
  id: string,
  { expiresAt, metadata }: { expiresAt?: number | null | undefined; metadata?: Metadata | null | undefined },
): void {
  const before = changes.rows.get('creditGrant', id);
  if (expiresAt !== undefined) {
    assertLiving(changes, before);
    assertAhead(changes, expiresAt, before.effectiveAt);
  }
  const end = expiresAt === undefined ? before.expiresAt : expiresAt;
  changed(changes, id, { expiresAt: end, metadata: mergeMetadata(before.metadata, metadata) });
  if (end !== before.expiresAt) wakeExpiry(changes, before);
}

/** It ends now, whatever is left. @throws parameter_invalid where it has ended */
export function expireCreditGrant(changes: ChangeSet, id: string): void {
  assertLiving(changes, changes.rows.get('creditGrant', id));
  changed(changes, id, { expiresAt: changes.now });
  bookEnd(changes, id);
  wakeTopUps(changes, id);
}

/** As if what is left had never been granted. @throws parameter_invalid where it has ended */
export function voidCreditGrant(changes: ChangeSet, id: string): void {
  assertLiving(changes, changes.rows.get('creditGrant', id));
  changed(changes, id, { voidedAt: changes.now });
  bookEnd(changes, id);
  wakeTopUps(changes, id);
}

/** Books what was left of a grant that has ended. Until then it pays nothing all the same. */
export function bookEnd(changes: ChangeSet, id: string): void {
  const grant = changes.rows.get('creditGrant', id);
  if (grant.balance === 0 || !hasEnded(grant, changes.now)) return;
  const { voidedAt, expiresAt, balance } = grant;
  const reason = voidedAt === null ? 'credits_expired' : 'credits_voided';
  putCreditTransaction(changes, id, { reason, amount: balance, effectiveAt: voidedAt ?? expiresAt ?? changes.now });
}

function changed(changes: ChangeSet, id: string, change: Partial<CreditGrant>): void {
  changes.patch('creditGrant', id, { ...change, updated: changes.now });
  changes.emitUpdated('billing.credit_grant.updated', 'creditGrant', id);
}

/** Whoever books its end looks when that is. */
function wakeExpiry(changes: ChangeSet, { id, customer }: CreditGrant): void {
  if (changes.rows.get('creditGrant', id).expiresAt !== null) changes.wake('usage', customer, { customer });
}

/** Too little may be left now; rules that buy more are among the facts where there are any. */
function wakeTopUps(changes: ChangeSet, id: string): void {
  const { customer } = changes.rows.get('creditGrant', id);
  if (changes.rows.all('creditTopUp').length > 0) changes.wake('usage', customer, { customer });
}

function assertLiving(changes: ChangeSet, grant: CreditGrant): void {
  if (!hasEnded(grant, changes.now)) return;
  const how = grant.voidedAt === null ? 'has expired' : 'was voided';
  throw new BillingError('parameter_invalid', `This credit grant ${how} and can no longer be changed in this way.`);
}

function assertAhead(changes: ChangeSet, expiresAt: number | null, effectiveAt: number): void {
  if (expiresAt === null || expiresAt > Math.max(changes.now, effectiveAt)) return;
  throw new BillingError('parameter_invalid', '`expires_at` must be in the future and after `effective_at`.', { param: 'expires_at' });
}

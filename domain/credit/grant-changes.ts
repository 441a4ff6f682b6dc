/** Creates, extends and ends credit grants. Only a transaction takes credit from a grant. */
import { hasEnded, putCreditTransaction } from './balance';
import type { CreditGrant } from '../rows/credit-grant';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import type { Metadata } from '../rows/resource';
import { LIMITS } from '../core/limits';
import { requireBilledHere } from '../core/fence';
import { isBilledHere } from '../rows/customer';

export type NewCreditGrant = Pick<
  CreditGrant,
  'customer' | 'name' | 'category' | 'currency' | 'amount' | 'priority' | 'prices' | 'expiresAt' | 'metadata'
> & { effectiveAt: number | null };

/**
 * The facts are the customer and its remaining grants.
 *
 * @throws BillingError parameter_invalid, customer_billed_elsewhere
 */
export function createCreditGrant(changes: ChangeSet, params: NewCreditGrant): void {
  requireBilledHere(changes, changes.rows.find('customer', params.customer));
  const effectiveAt = params.effectiveAt ?? changes.now;
  assertAhead(changes, params.expiresAt, effectiveAt);
  const left = changes.rows.where('creditGrant', ({ customer, balance }) => customer === params.customer && balance > 0);
  if (left.length >= LIMITS.creditGrants.max) {
    const message = `A customer can have at most ${String(LIMITS.creditGrants.max)} credit grants that are not used up.`;
    throw new BillingError('parameter_invalid', message, { param: 'customer' });
  }
  putCreditGrant(changes, { ...params, effectiveAt });
}

/**
 * Puts a grant with its credit, on request, for a top-up, or as another billing system has it.
 *
 * @param of.left what is left of it, if that is not all
 * @param of.kept the id and time that it has elsewhere
 */
export function putCreditGrant(
  changes: ChangeSet,
  params: NewCreditGrant & { effectiveAt: number },
  of: { left?: number; kept?: Pick<CreditGrant, 'created' | 'id'> } = {},
): CreditGrant {
  const { testClock } = changes.rows.get('customer', params.customer);
  const { effectiveAt } = params;
  const state = { balance: 0, updated: changes.now, voidedAt: null, testClock };
  const grant = changes.put('creditGrant', { ...changes.resource('credgr'), ...of.kept, ...params, ...state });
  putCreditTransaction(changes, grant.id, { reason: 'credits_granted', amount: of.left ?? grant.amount, effectiveAt });
  changes.emit('billing.credit_grant.created', 'creditGrant', grant.id);
  wakeExpiry(changes, grant.id);
  return grant;
}

/** Makes what is left of a grant what another billing system says, as if so much had been granted. */
export function correctCredit(changes: ChangeSet, id: string, left: number): void {
  const { balance } = changes.rows.get('creditGrant', id);
  if (left === balance) return;
  const reason = left > balance ? 'credits_granted' : 'credits_voided';
  putCreditTransaction(changes, id, { reason, amount: Math.abs(left - balance) });
  wakeExpiry(changes, id);
}

/** @throws BillingError parameter_invalid if the new end is not in the future, or the grant has ended */
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
  if (end !== before.expiresAt) wakeExpiry(changes, before.id);
}

/**
 * Ends a grant now and expires the rest.
 *
 * @throws BillingError parameter_invalid if it has ended
 */
export function expireCreditGrant(changes: ChangeSet, id: string): void {
  assertLiving(changes, changes.rows.get('creditGrant', id));
  changed(changes, id, { expiresAt: changes.now });
  bookEnd(changes, id);
  wakeTopUps(changes, id);
}

/**
 * Voids a grant: the rest counts as never granted.
 *
 * @throws BillingError parameter_invalid if it has ended
 */
export function voidCreditGrant(changes: ChangeSet, id: string): void {
  assertLiving(changes, changes.rows.get('creditGrant', id));
  changed(changes, id, { voidedAt: changes.now });
  bookEnd(changes, id);
  wakeTopUps(changes, id);
}

/** Books the rest of a grant that has ended. The grant pays nothing from its end on, even before this. */
export function bookEnd(changes: ChangeSet, id: string): void {
  const grant = changes.rows.get('creditGrant', id);
  if (grant.balance === 0 || !hasEnded(grant, changes.now)) return;
  const { voidedAt, expiresAt, balance } = grant;
  // What expires of a customer whom another system bills is earned there.
  const isEarned = voidedAt === null && isBilledHere(changes.rows.get('customer', grant.customer));
  const reason = isEarned ? 'credits_expired' : 'credits_voided';
  putCreditTransaction(changes, id, { reason, amount: balance, effectiveAt: voidedAt ?? expiresAt ?? changes.now });
}

function changed(changes: ChangeSet, id: string, change: Partial<CreditGrant>): void {
  changes.patch('creditGrant', id, { ...change, updated: changes.now });
  changes.emitUpdated('billing.credit_grant.updated', 'creditGrant', id);
}

/** Wakes the workflow that books the expiry, so that it reads the new end or the new rest. */
export function wakeExpiry(changes: ChangeSet, id: string): void {
  const { customer, expiresAt, balance } = changes.rows.get('creditGrant', id);
  if (expiresAt !== null && balance > 0) changes.wake('usage', customer, { customer });
}

/** Too little credit may be left now. If there are rules that buy more, they are among the facts. */
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

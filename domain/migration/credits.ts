/** Credit grants of another billing system. What is left of each is what that system says, as long as it bills: each of its invoices uses them. */
import type { ChangeSet } from '../core/change-set';
import { hasEnded } from '../credit/balance';
import { correctCredit, putCreditGrant, wakeExpiry } from '../credit/grant-changes';
import type { CreditGrant } from '../rows/credit-grant';
import type { SourceGrant } from './source-objects';
import { notTaken } from './taking';

/** @throws BillingError resource_missing, parameter_invalid: credit is money, so nothing of the customer is taken without it */
export function putGrants(changes: ChangeSet, customer: string, grants: readonly SourceGrant[]): void {
  for (const grant of grants) {
    const known = changes.rows.find('creditGrant', grant.id);
    if (known) follow(changes, known, grant);
    else if (grant.left > 0) putGrant(changes, customer, grant);
  }
  const there = new Set(grants.map(({ id }) => id));
  // What was voided there is not shown any more.
  for (const { id } of changes.rows.where('creditGrant', (each) => each.customer === customer && !there.has(each.id))) {
    changes.patch('creditGrant', id, { voidedAt: changes.now, updated: changes.now });
    correctCredit(changes, id, 0);
  }
}

function putGrant(changes: ChangeSet, customer: string, grant: SourceGrant): void {
  const { id, created, amount, category, name } = grant;
  const param = `credit_grants[${id}]`;
  const { currency, value } = amount.monetary ?? notTaken('unit of the credit', amount.type, `${param}[amount]`);
  const terms = { customer, name, category, currency, amount: value, prices: pricesOf(changes, grant, param), ...endingOf(grant) };
  putCreditGrant(changes, { ...terms, effectiveAt: grant.effective_at ?? created }, { left: grant.left, kept: { id, created } });
}

const endingOf = ({ expires_at: expiresAt, metadata, priority }: SourceGrant) => ({ expiresAt, metadata, priority: priority ?? 50 });

function follow(changes: ChangeSet, known: CreditGrant, grant: SourceGrant): void {
  const { id } = known;
  changes.patch('creditGrant', id, endingOf(grant));
  changes.emitUpdated('billing.credit_grant.updated', 'creditGrant', id);
  if (known.expiresAt !== grant.expires_at) wakeExpiry(changes, id);
  // Its end may not have come yet at the other system.
  if (!hasEnded(changes.rows.get('creditGrant', id), changes.now)) correctCredit(changes, id, grant.left);
}

function pricesOf(changes: ChangeSet, { applicability_config: { scope } }: SourceGrant, param: string): string[] | null {
  if (!scope.prices || scope.prices.length === 0) return null;
  return scope.prices.map(({ id }) => changes.rows.find('price', id)?.id ?? notTaken('price', id ?? 'of a product', `${param}[prices]`));
}

/** The rows that they name. */
export function namedByGrants(grants: readonly SourceGrant[]): { creditGrant: string[]; price: string[] } {
  return {
    creditGrant: grants.map(({ id }) => id),
    price: grants.flatMap(({ applicability_config: { scope } }) => (scope.prices ?? []).flatMap(({ id }) => id ?? [])),
  };
}

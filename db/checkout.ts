/** The facts of a checkout session, locked: a session may have no customer to lock. */
import { Rows } from '../domain/rows/rows';
import type { CheckoutSession } from '../domain/rows/checkout-session';
import type { Named, Scope } from '../domain/core/steps';
import type { Sql, TransactionSql } from './connect';
import { loadSessionAssignment } from './experiments';
import { loadFacts } from './facts';
import { catalogFacts } from './facts/catalog';
import { ask } from './facts/statement';
import { fromJson } from './json-rows';
import { byKey, loadMatching } from './matching';
import { lockPaymentLink } from './payment-links';
import { loadWithNamed } from './named-facts';

/** A session by its id, for its page: who has the id may see it. */
export async function findSession(sql: Sql | TransactionSql, id: string): Promise<CheckoutSession | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(t) as row from checkout_sessions t where id = ${id}`;
  return found ? (fromJson(found.row) as unknown as CheckoutSession) : null;
}

/** The sessions that continue this one. */
export async function loadContinuations(sql: Sql | TransactionSql, id: string): Promise<Rows> {
  const found = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(t) as row from checkout_sessions t where recovered_from = ${id}`;
  const rows = new Rows();
  for (const { row } of found) rows.put('checkoutSession', fromJson(row) as unknown as CheckoutSession);
  return rows;
}

/**
 * The session, and what its payment has made so far. The customer is locked before the session, as in every commit.
 *
 * @param named further rows, for a change that prices the session again
 */
async function lockSession(tx: TransactionSql, scope: Scope, id: string): Promise<CheckoutSession | null> {
  await tx`select 1 from customers where id = (select customer from checkout_sessions where id = ${id}) for update`;
  const [found] = await tx<{ row: Record<string, unknown> }[]>`
    select to_jsonb(t) as row from checkout_sessions t
    where id = ${id} and account = ${scope.account} and livemode = ${scope.livemode} for update`;
  if (!found) return null;
  const session = fromJson(found.row) as unknown as CheckoutSession;
  await tx`select 1 from payment_intents where id = ${session.paymentIntent} for update`;
  return session;
}

/**
 * The locked session, and what its payment has made so far.
 *
 * @param named what pricing it needs; by default only what its completion redeems
 */
export async function loadSessionFacts(
  tx: TransactionSql,
  scope: Scope,
  id: string,
  named: (session: CheckoutSession) => Named = redeemedBy,
): Promise<Rows> {
  const session = await lockSession(tx, scope, id);
  if (session === null) return new Rows();
  const { customer, subscription, setupIntent, paymentMethod } = session;
  const of = { customer, subscription, intent: (await intentOf(tx, session)) ?? setupIntent, paymentMethod };
  const wanted = named(session);
  const rows =
    Object.keys(wanted).length > 0
      ? await loadWithNamed(tx, scope, { ...of, named: wanted })
      : await loadFacts(tx, { ...of, account: scope.account });
  if (Object.keys(wanted).length > 0) rows.putAll(await loadTaxFacts(tx, scope));
  if (setupIntent !== null) rows.putAll(await loadMatching(tx, scope, [byKey('setupIntent', setupIntent)]));
  if (session.experimentAssignment !== null) {
    rows.putAll(await loadSessionAssignment(tx, scope, session.experimentAssignment, session.customer));
  }
  if (session.paymentLink !== null) rows.putAll(await lockPaymentLink(tx, session.paymentLink));
  if (session.mode === 'payment') {
    rows.putAll(await ask(tx, catalogFacts, { ...scope, prices: session.lineItems.map(({ price }) => price) }));
  }
  rows.put('checkoutSession', session);
  return rows;
}

/** The session's own intent; or that of the first invoice of its subscription, once the session is complete. */
async function intentOf(tx: TransactionSql, { invoice, paymentIntent }: CheckoutSession): Promise<string | null> {
  if (paymentIntent !== null || invoice === null) return paymentIntent;
  const [found] = await tx<{ intent: string | null }[]>`select payment_intent as intent from invoices where id = ${invoice}`;
  return found?.intent ?? null;
}

/** A sale's completion redeems its coupon and code; those of a subscription are redeemed with its first invoice. */
function redeemedBy({ mode, discounts }: CheckoutSession): Named {
  if (mode !== 'payment' || discounts.length === 0) return {};
  return { coupon: discounts.flatMap(({ coupon }) => coupon ?? []), promotionCode: discounts.flatMap((each) => each.promotion_code ?? []) };
}

/** What automatic tax needs of the account, for a buyer who is no customer yet. */
export async function loadTaxFacts(tx: TransactionSql, scope: Scope): Promise<Rows> {
  return loadMatching(tx, scope, [
    { kind: 'account', filters: [] },
    { kind: 'documentSettings', filters: [] },
    { kind: 'taxSettings', filters: [] },
    { kind: 'taxRegistration', filters: [] },
    { kind: 'taxRate', filters: [{ column: 'isAutomatic', equals: true }] },
  ]);
}

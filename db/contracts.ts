/** The facts of what customers ask for by law: the contract that a declaration names, and what was paid for it. */
import type { Scope } from '../domain/core/steps';
import { DAY_SECONDS } from '../domain/contract/terms';
import type { CustomerRequest, Declaration } from '../domain/rows/customer-request';
import { subscriptionsOf } from '../domain/rows/invoice';
import { Rows } from '../domain/rows/rows';
import type { Subscription } from '../domain/rows/subscription';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';
import { byKey, byKeys, loadMatching } from './matching';

type Db = Sql | TransactionSql;

/** By the id of a subscription, or the number or id of an invoice. */
export async function loadContract(sql: Db, scope: Scope, contract: string): Promise<Rows> {
  const rows = await loadMatching(sql, scope, [
    byKey('subscription', contract),
    { kind: 'invoice', filters: [{ column: 'number', equals: contract }] },
    byKey('invoice', contract),
  ]);
  const billed = rows.all('invoice').flatMap(subscriptionsOf);
  rows.putAll(await loadMatching(sql, scope, [byKeys('subscription', billed)]));
  const [found] = rows.all('subscription');
  if (found === undefined) return rows;
  rows.putAll(await loadPaid(sql, scope, found));
  const customers = rows.all('subscription').map(({ customer }) => customer);
  rows.putAll(await loadMatching(sql, scope, [byKeys('customer', customers)]));
  return rows;
}

/** Also the requests of a day by which the address was named without a proof. `now`: epoch seconds. */
export async function loadDeclaration(sql: Db, scope: Scope, { contract, email }: Declaration, now: number): Promise<Rows> {
  const rows = await loadContract(sql, scope, contract.trim());
  const found = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(t) as row from customer_requests t
    where account = ${scope.account} and livemode = ${scope.livemode} and customer is null and created > ${now - DAY_SECONDS}
      and lower(declaration ->> 'email') = lower(${email})`;
  for (const { row } of found) rows.put('customerRequest', fromJson(row) as unknown as CustomerRequest);
  return rows;
}

async function loadPaid(sql: Db, scope: Scope, { id: subscription, customer }: Subscription): Promise<Rows> {
  const rows = await loadMatching(sql, scope, [
    { kind: 'invoice', filters: [{ billing: subscription }] },
    { kind: 'subscriptionItem', filters: [{ column: 'subscription', equals: subscription }] },
    { kind: 'checkoutSession', filters: [{ column: 'subscription', equals: subscription }] },
    { kind: 'customerRequest', filters: [{ column: 'subscription', equals: subscription }] },
  ]);
  const invoices = rows.all('invoice').map(({ id }) => id);
  rows.putAll(
    await loadMatching(sql, scope, [
      { kind: 'charge', filters: [{ column: 'customer', equals: customer }] },
      { kind: 'invoiceLineItem', filters: [{ column: 'invoice', among: invoices }] },
    ]),
  );
  return rows;
}

/** A request by its id, for the page of its confirmation. The caller compares the address. */
export async function findCustomerRequest(sql: Sql, id: string): Promise<CustomerRequest | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(t) as row from customer_requests t where id = ${id}`;
  return found ? (fromJson(found.row) as unknown as CustomerRequest) : null;
}

/** The request with its customer and the account's settings. The request is locked, because it may have no customer. */
export async function loadRequestFacts(tx: TransactionSql, scope: Scope, id: string): Promise<Rows> {
  const [found] = await tx<{ row: Record<string, unknown> }[]>`
    select to_jsonb(t) as row from customer_requests t
    where id = ${id} and account = ${scope.account} and livemode = ${scope.livemode} for update`;
  if (!found) return new Rows();
  const request = fromJson(found.row) as unknown as CustomerRequest;
  const rows = await loadMatching(tx, scope, [
    { kind: 'account', filters: [] },
    ...(request.customer === null ? [] : [byKey('customer', request.customer)]),
  ]);
  rows.put('customerRequest', request);
  return rows;
}

/** The contract that a mail's link cancels, with who has it. Null: there is none, or nobody to confirm it to. */
export async function findLinkedContract(sql: Sql, id: string): Promise<LinkedContract | null> {
  const [found] = await sql<LinkedContract[]>`
    select s.id, s.account, s.livemode, coalesce(c.name, '') as name, c.email, s.cancel_at is not null or s.status in ('canceled', 'incomplete_expired') as ends,
      (select r.url from customer_requests r where r.account = s.account and r.livemode = s.livemode and r.subscription = s.id
        and r.type = 'cancellation' and r.status <> 'refused' order by r.seq desc limit 1) as confirmation
    from subscriptions s join customers c on c.id = s.customer
    where s.id = ${id} and not s.hidden and not c.deleted and c.email is not null`;
  return found ?? null;
}

export interface LinkedContract extends Scope {
  id: string;
  name: string;
  email: string;
  /** It has ended, or will. */
  ends: boolean;
  /** The page that confirms a cancellation of it. */
  confirmation: string | null;
}

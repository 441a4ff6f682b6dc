/** What an erasure must find, and what of it no commit writes. */
import type { ChangeSet } from '../domain/core/change-set';
import type { Scope } from '../domain/core/steps';
import { withoutPerson } from '../domain/event/person';
import { FILE_FIELDS } from '../domain/evidence/fields';
import type { Rows } from '../domain/rows/rows';
import type { TransactionSql } from './connect';
import { loadDeletionFacts } from './customers';
import { hideListed } from './fraud';
import type { Condition } from './lists';
import { byKeys, loadMatching, type Wanted } from './matching';

/**
 * The facts for an erasure: everything that has the customer's details and is not part of the books, and what guests with its address have bought,
 * asked and were mailed. Its mails are locked, because they may be sent at this moment.
 */
export async function loadErasureFacts(tx: TransactionSql, scope: Scope, customer: string): Promise<Rows> {
  const facts = await loadDeletionFacts(tx, scope, customer);
  const email = facts.find('customer', customer)?.email ?? null;
  await tx`
    select 1 from mails where account = ${scope.account} and livemode = ${scope.livemode} and customer = ${customer} for update`;
  facts.putAll(
    await loadMatching(
      tx,
      scope,
      OF_CUSTOMER.map((kind) => ({ kind, filters: [{ column: 'customer', equals: customer }] })),
    ),
  );
  if (email !== null) facts.putAll(await loadOfGuest(tx, scope, email));
  await putRelated(tx, scope, facts);
  return facts;
}

/** The facts for the erasure of a guest, who is known by an address only. */
export async function loadGuestErasureFacts(tx: TransactionSql, scope: Scope, email: string): Promise<Rows> {
  const facts = await loadOfGuest(tx, scope, email);
  await putRelated(tx, scope, facts);
  return facts;
}

const OF_CUSTOMER = [
  'charge',
  'checkoutSession',
  'customerRequest',
  'dispute',
  'invoice',
  'license',
  'mail',
  'mandate',
  'paymentEvaluation',
  'paymentIntent',
  'paymentRecord',
  'requestedTaxCalculation',
  'review',
  'setupIntent',
  'subscription',
  'supportTicket',
  'task',
  'taxId',
] as const;

/** What is known of an address alone. */
async function loadOfGuest(tx: TransactionSql, scope: Scope, email: string): Promise<Rows> {
  const { account, livemode } = scope;
  await tx`
    select 1 from mails where account = ${account} and livemode = ${livemode} and customer is null and lower(recipient) = lower(${email})
    for update`;
  const ofGuest = { column: 'customer', isNull: true };
  return loadMatching(tx, scope, [
    { kind: 'mail', filters: [{ email, column: 'recipient' }, ofGuest] },
    { kind: 'mailSuppression', filters: [{ email }] },
    { kind: 'supportTicket', filters: [{ email }, ofGuest] },
    ...(await purchasesOf(tx, scope, email)),
  ]);
}

/** Without a customer, a purchase names its payer in the session, in the billing details, or in the address for the receipt. */
async function purchasesOf(tx: TransactionSql, { account, livemode }: Scope, email: string): Promise<Wanted[]> {
  const guests = tx`t.account = ${account} and t.livemode = ${livemode} and t.customer is null`;
  const is = (path: Condition) => tx`lower(${path}) = lower(${email})`;
  const [found] = await tx<[Record<(typeof BOUGHT)[number], string[]>]>`
    with session as (select t.* from checkout_sessions t where ${guests} and ${is(tx`t.customer_details ->> 'email'`)}),
    method as (
      select t.id from payment_methods t where ${guests}
        and (${is(tx`t.billing_details ->> 'email'`)} or t.id in (select payment_method from session))),
    intent as (
      select t.id from payment_intents t where ${guests}
        and (${is(tx`t.receipt_email`)} or t.payment_method in (select id from method) or t.id in (select payment_intent from session))),
    setup as (
      select t.id from setup_intents t where ${guests}
        and (t.payment_method in (select id from method) or t.id in (select setup_intent from session))),
    charge as (
      select t.id from charges t where ${guests}
        and (${is(tx`t.receipt_email`)} or ${is(tx`t.billing_details ->> 'email'`)} or t.payment_intent in (select id from intent))),
    request as (select t.id from customer_requests t where ${guests} and ${is(tx`t.declaration ->> 'email'`)}),
    record as (select t.id from payment_records t where ${guests} and ${is(tx`t.customer_details ->> 'email'`)}),
    evaluation as (select t.id from payment_evaluations t where ${guests} and ${is(tx`t.details -> 'customer_details' ->> 'email'`)})
    select array(select id from session) as checkout_session, array(select id from method) as payment_method,
      array(select id from intent) as payment_intent, array(select id from setup) as setup_intent, array(select id from charge) as charge,
      array(select id from request) as customer_request, array(select id from record) as payment_record,
      array(select id from evaluation) as payment_evaluation`;
  return BOUGHT.map((kind) => byKeys(kind, found[kind]));
}

const BOUGHT = [
  'charge',
  'checkoutSession',
  'customerRequest',
  'paymentEvaluation',
  'paymentIntent',
  'paymentMethod',
  'paymentRecord',
  'setupIntent',
] as const;

/** The files of evidence that are about one person. Policies are the same for everybody. */
const ABOUT_PERSON = FILE_FIELDS.filter((field) => field !== 'cancellation_policy' && field !== 'refund_policy');

/** What belongs to what was found, also cards that were removed, as far as they were used. */
async function putRelated(tx: TransactionSql, scope: Scope, facts: Rows): Promise<void> {
  const used = [...facts.all('charge'), ...facts.all('paymentIntent'), ...facts.all('setupIntent')];
  facts.putAll(
    await loadMatching(tx, scope, [byKeys('paymentMethod', [...new Set(used.flatMap(({ paymentMethod }) => paymentMethod ?? []))])]),
  );
  const idsOf = (kind: 'charge' | 'checkoutSession' | 'paymentIntent' | 'paymentMethod' | 'setupIntent' | 'supportTicket'): string[] =>
    facts.all(kind).map(({ id }) => id);
  facts.putAll(
    await loadMatching(tx, scope, [
      { kind: 'confirmationToken', filters: [{ column: 'paymentMethod', among: idsOf('paymentMethod') }] },
      { kind: 'dispute', filters: [{ column: 'charge', among: idsOf('charge') }] },
      { kind: 'fraudDecision', filters: [{ column: 'paymentIntent', among: [...idsOf('paymentIntent'), ...idsOf('setupIntent')] }] },
      { kind: 'license', filters: [{ column: 'checkoutSession', among: idsOf('checkoutSession') }] },
      { kind: 'mandate', filters: [{ column: 'paymentMethod', among: idsOf('paymentMethod') }] },
      { kind: 'review', filters: [{ column: 'charge', among: idsOf('charge') }] },
      { kind: 'supportMessage', filters: [{ column: 'ticket', among: idsOf('supportTicket') }] },
    ]),
  );
  const named = facts.all('dispute').flatMap(({ evidence }) => ABOUT_PERSON.flatMap((field) => evidence[field] ?? []));
  facts.putAll(await loadMatching(tx, scope, [byKeys('file', [...new Set(named)])]));
  const licenses = facts.all('license').map(({ id }) => id);
  facts.putAll(await loadMatching(tx, scope, [{ kind: 'licenseActivation', filters: [{ column: 'license', among: licenses }] }]));
}

/** Before the commit of an erasure: what no commit writes, or what others may write at this moment. */
export async function forgetElsewhere(tx: TransactionSql, { context, erased, forgotten, rows }: ChangeSet, secret: string): Promise<void> {
  if (forgotten === null) return;
  await hideListed({ sql: tx, secret }, context, [...forgotten]);
  await tx`update tax_ids set verified_name = null, verified_address = null where customer = any(${[...erased]})`;
  for (const kind of ['customerRequest', 'dispute', 'mandate'] as const) await markErased(tx, kind, rows);
  await emptyEvents(
    tx,
    context,
    OF_EVENTS.flatMap((kind) => rows.all(kind).map(({ id }) => id)),
  );
}

const PROOFS = { customerRequest: 'customer_requests', dispute: 'disputes', mandate: 'mandates' } as const;

/** They stay as proof. From now on it counts how long. */
async function markErased(tx: TransactionSql, kind: keyof typeof PROOFS, rows: Rows): Promise<void> {
  const ids = rows.all(kind).map(({ id }) => id);
  if (ids.length > 0) await tx`update ${tx(PROOFS[kind])} set erased_at = now() where id = any(${ids}) and erased_at is null`;
}

/** What events of nobody's key may be about. */
const OF_EVENTS = [
  ...(['charge', 'checkoutSession', 'customerRequest', 'dispute', 'licenseActivation', 'mail', 'mandate', 'paymentIntent'] as const),
  ...(['paymentMethod', 'review', 'setupIntent', 'supportMessage', 'supportTicket'] as const),
];

/** Events of guests are sealed with no key, so they are changed themselves. */
async function emptyEvents(tx: TransactionSql, { account, livemode }: Scope, objects: readonly string[]): Promise<void> {
  if (objects.length === 0) return;
  const events = await tx<{ id: string; recorded: string; object: Record<string, unknown>; previous: Record<string, unknown> | null }[]>`
    select id, recorded::text, object, previous_attributes as previous from events
    where customer is null and object_id = any(${[...objects]}) and account = ${account} and livemode = ${livemode}`;
  for (const { id, recorded, object, previous } of events) {
    const { rest } = withoutPerson(object);
    const before = withoutPerson(previous, object['object']).rest;
    await tx`
      update events set object = ${tx.json(rest as never)}, previous_attributes = ${before === null ? null : tx.json(before as never)}
      where id = ${id} and recorded = ${recorded}::text::timestamptz`;
  }
}

/** What of proofs names a person, once nobody can ask for the proof any more. */
export async function emptyMandates(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const emptied = await tx`
    update mandates set acceptance = acceptance - 'online', erased_at = null
    where id in (select id from mandates where erased_at < now() - make_interval(days => ${days}) limit ${portion} for update skip locked)`;
  return emptied.count;
}

/** Those that are not decided wait for their decision. The event of a decision has the evidence of a guest, which no key seals. */
export async function emptyDisputes(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const emptied = await tx<(Scope & { id: string })[]>`
    update disputes set evidence = '{}', enhanced_evidence = '{}', sources = '[]', erased_at = null
    where id in (
      select id from disputes where erased_at < now() - make_interval(days => ${days}) and closed_at is not null
      limit ${portion} for update skip locked)
    returning id, account, livemode`;
  for (const { id, ...scope } of emptied) await emptyEvents(tx, scope, [id]);
  return emptied.length;
}

export async function emptyDeclarations(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const emptied = await tx`
    update customer_requests set note = null, erased_at = null,
      declaration = declaration || '{"name": "", "email": "", "contract": "", "statement": null}'
    where id in (select id from customer_requests where erased_at < now() - make_interval(days => ${days}) limit ${portion} for update skip locked)`;
  return emptied.count;
}

/** Tickets of customers: their facts, what mails belong to, and how soon they were answered. */
import type { Scope } from '../domain/core/steps';
import { Rows } from '../domain/rows/rows';
import type { SupportMessage, SupportRoute, SupportTicket } from '../domain/rows/support-ticket';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';
import { byKey, loadMatching } from './matching';

type Found = { row: Record<string, unknown> }[];

/** The ticket with its messages, its customer and the account's settings. The ticket is locked, because it may have no customer. */
export async function loadTicketFacts(tx: TransactionSql, scope: Scope, id: string): Promise<Rows> {
  const [found] = await tx<Found>`
    select to_jsonb(t) as row from support_tickets t
    where id = ${id} and account = ${scope.account} and livemode = ${scope.livemode} for update`;
  if (!found) return new Rows();
  const ticket = fromJson(found.row) as unknown as SupportTicket;
  const rows = await loadMatching(tx, scope, [
    { kind: 'account', filters: [] },
    { kind: 'supportMessage', filters: [{ column: 'ticket', equals: id }] },
    ...(ticket.customer === null ? [] : [byKey('customer', ticket.customer)]),
  ]);
  rows.put('supportTicket', ticket);
  return rows;
}

/** The message that a mail has become. */
export async function findMessageOfMail(sql: Sql, { account, livemode }: Scope, mailId: string): Promise<SupportMessage | null> {
  const [found] = await sql<Found>`
    select to_jsonb(t) as row from support_messages t where account = ${account} and livemode = ${livemode} and mail_id = ${mailId}`;
  return found ? (fromJson(found.row) as unknown as SupportMessage) : null;
}

/**
 * The ticket that a mail goes on with: it answers one of the ticket's mails, or names the ticket, and comes from the same address, or from
 * that of the ticket's customer.
 */
export async function findThread(
  sql: Sql,
  { account, livemode }: Scope,
  { from, mailIds, tickets }: { from: string; mailIds: readonly string[]; tickets: readonly string[] },
): Promise<string | null> {
  const [found] = await sql<{ id: string }[]>`
    select t.id from support_tickets t left join customers c on c.id = t.customer
    where t.account = ${account} and t.livemode = ${livemode} and lower(${from}) in (lower(t.email), lower(c.email))
      and (t.id = any(${[...tickets]}) or t.id in (
        select ticket from support_messages where account = ${account} and livemode = ${livemode} and mail_id = any(${[...mailIds]})))
    order by t.seq desc limit 1`;
  return found?.id ?? null;
}

/** The newest customer with this address. */
export async function customerWithEmail(sql: Sql, { account, livemode }: Scope, email: string): Promise<string | null> {
  const [found] = await sql<{ id: string }[]>`
    select id from customers where account = ${account} and livemode = ${livemode} and lower(email) = lower(${email}) and not deleted
    order by seq desc limit 1`;
  return found?.id ?? null;
}

/** The customer's tickets with their messages: the newest tickets first, the messages as they came. */
export async function loadTickets(
  sql: Sql,
  { account, livemode }: Scope,
  { customer, invoice = null, limit }: { customer: string; invoice?: string | null; limit: number },
): Promise<Rows> {
  const rows = new Rows();
  const tickets = await sql<Found>`
    select to_jsonb(t) as row from support_tickets t
    where account = ${account} and livemode = ${livemode} and customer = ${customer} and (${invoice}::text is null or invoice = ${invoice})
    order by created desc, seq desc limit ${limit}`;
  for (const { row } of tickets) rows.put('supportTicket', fromJson(row) as unknown as SupportTicket);
  const ids = rows.all('supportTicket').map(({ id }) => id);
  const messages = await sql<Found>`select to_jsonb(t) as row from support_messages t where ticket = any(${ids}) order by seq`;
  for (const { row } of messages) rows.put('supportMessage', fromJson(row) as unknown as SupportMessage);
  return rows;
}

export interface AnswerTimes {
  /** Null: of all routes together. */
  route: SupportRoute | null;
  tickets: number;
  /** First answers in time, and late or missing ones. */
  met: number;
  missed: number;
  /** Not answered yet, and still in time. */
  waiting: number;
  /** Closed without an answer, in time. */
  closedUnanswered: number;
  /** Seconds from the question to the first answer; null if there is none. */
  medianFirstAnswer: number | null;
}

/** How soon tickets were first answered, by route; of tickets that were opened in this time, half-open. */
export async function measureAnswers(sql: Sql, { account, livemode }: Scope, from: number, to: number): Promise<AnswerTimes[]> {
  return sql<AnswerTimes[]>`
    select route, count(*)::int as tickets,
      count(*) filter (where first_answered_at <= first_answer_by)::int as met,
      count(*) filter (where first_answered_at > first_answer_by or first_answered_at is null and missed_at is not null)::int as missed,
      count(*) filter (where first_answered_at is null and missed_at is null and closed_at is null)::int as waiting,
      count(*) filter (where first_answered_at is null and missed_at is null and closed_at is not null)::int as closed_unanswered,
      round(percentile_cont(0.5) within group (order by first_answered_at - created))::int as median_first_answer
    from support_tickets
    where account = ${account} and livemode = ${livemode} and created >= ${from} and created < ${to}
    group by rollup (route) order by route nulls last`.then((rows) => rows.filter(({ tickets }) => tickets > 0));
}

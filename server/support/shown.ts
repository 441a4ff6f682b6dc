import { loadTickets } from '../../db/support';
import type { Sql } from '../../db/connect';
import { LIMITS } from '../../domain/core/limits';
import type { Scope } from '../../domain/core/steps';
import type { PortalTicket } from '../../web/portal/model';

/** The newest questions of a customer, or those about one of its invoices, as pages show them. */
export async function ticketsOf(sql: Sql, scope: Scope & { customer: string }, invoice: string | null = null): Promise<PortalTicket[]> {
  const rows = await loadTickets(sql, scope, { customer: scope.customer, invoice, limit: LIMITS.portalTickets.max });
  return rows.all('supportTicket').map(({ id, subject, status, answerBy, missedAt }) => ({
    id,
    subject,
    status,
    answerBy,
    isLate: missedAt !== null,
    messages: rows
      .where('supportMessage', ({ ticket }) => ticket === id)
      .map((message) => ({ id: message.id, author: message.author, name: message.name, at: message.created, text: message.message })),
  }));
}

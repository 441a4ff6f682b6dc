/** The forms by which customers ask. Each counts once. */
import { findRow } from '../../db/lookup';
import type { Scope } from '../../domain/core/steps';
import { SUPPORT_ROUTES, type SupportRoute } from '../../domain/rows/support-ticket';
import { addMessage, type NewTicket } from '../../domain/support/tickets';
import type { Problem } from '../../web/checkout/model';
import type { Entries } from '../checkout/form';
import { runForm } from '../checkout/run-form';
import type { Exchange, Work } from '../forms/run-once';
import { newRequestId } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { changeTicket, putTicket } from './tickets';

/** Whose page it is. */
type Owner = Scope & { id: string };

interface Asked {
  key: string;
  entries: Entries;
  /** What the page says of itself. */
  ticket: Pick<NewTicket, 'customer' | 'invoice' | 'route' | 'source'> & { subject?: string };
}

/** Opens a ticket. The problem for the customer, or null. */
export async function askOnPage(
  deps: Dependencies,
  exchange: Exchange,
  owner: Owner,
  { key, entries, ticket }: Asked,
): Promise<Problem | null> {
  const { subject = entries['subject'] ?? '', ...of } = ticket;
  const { message = '', route } = entries;
  if (message === '' || subject === '') return 'missing';
  const chosen = SUPPORT_ROUTES.find((each) => each === route);
  const work: Work['work'] = (request) => putTicket(request, { ...routed(chosen), ...of, message, subject });
  return runForm(deps, exchange, owner, { key, raw: { ...entries }, requestId: newRequestId(), work });
}

const routed = (route: SupportRoute | undefined): Pick<NewTicket, 'route'> => (route === undefined ? {} : { route });

/** Adds a message to one of the customer's tickets. */
export async function writeOnPage(
  deps: Dependencies,
  exchange: Exchange,
  owner: Owner,
  { key, entries, customer }: { key: string; entries: Entries; customer: string },
): Promise<Problem | null> {
  const { message = '', ticket: id = '' } = entries;
  const ticket = await findRow(deps.sql, 'supportTicket', owner, id);
  if (message === '' || ticket?.customer !== customer) return 'missing';
  const work: Work['work'] = (request) =>
    changeTicket(request, { ticket: id, step: 'addSupportMessage' }, (changes) => {
      addMessage(changes, id, { author: 'customer', message });
    });
  return runForm(deps, exchange, owner, { key, raw: { ...entries }, requestId: newRequestId(), work });
}

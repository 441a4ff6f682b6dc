import type { Metadata, Resource } from './resource';

export const SUPPORT_ROUTES = ['billing', 'licence', 'product'] as const;
export type SupportRoute = (typeof SUPPORT_ROUTES)[number];

export const TICKET_SOURCES = ['api', 'invoice_page', 'mail', 'portal'] as const;

/** What a customer has asked the seller. */
export interface SupportTicket extends Resource {
  /** Null: nobody knows yet who asks. */
  customer: string | null;
  /** Where a mail came from; null if the ticket did not begin with one. */
  email: string | null;
  subject: string;
  route: SupportRoute;
  source: (typeof TICKET_SOURCES)[number];
  invoice: string | null;
  /** Who answers. A name of the seller's own. */
  owner: string | null;
  status: 'open' | 'answered' | 'closed';
  /** When the waiting message is to be answered. Null: nothing waits. */
  answerBy: number | null;
  /** When the waiting message was not answered in time. */
  missedAt: number | null;
  /** Of the first message: reports count by it. */
  firstAnswerBy: number;
  firstAnsweredAt: number | null;
  closedAt: number | null;
  metadata: Metadata;
}

/** One message of a ticket. */
export interface SupportMessage extends Resource {
  ticket: string;
  author: 'customer' | 'seller';
  /** Who of them has written it. */
  name: string | null;
  message: string;
  /** The mail's `Message-ID`: the same mail counts once. */
  mailId: string | null;
}

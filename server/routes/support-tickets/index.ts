import type { Operation } from '../../http/operation';
import { addSupportMessage } from './add-message';
import { closeSupportTicket } from './close';
import { createSupportTicket } from './create';
import { receiveSupportMail } from './inbound';
import { listSupportTickets } from './list';
import { listSupportMessages } from './list-messages';
import { retrieveSupportTicket } from './retrieve';
import { updateSupportTicket } from './update';

export { supportReport } from './report';

export const supportTickets: Operation[] = [
  createSupportTicket,
  retrieveSupportTicket,
  listSupportTickets,
  updateSupportTicket,
  closeSupportTicket,
  addSupportMessage,
  listSupportMessages,
  receiveSupportMail,
];

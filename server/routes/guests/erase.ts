import { loadGuestErasureFacts } from '../../../db/erasures';
import { eraseGuest } from '../../../domain/customer/erasure';
import type { Rows } from '../../../domain/rows/rows';
import { guestErasure, type WireGuestErasure } from '../../../objects/shapes/guest-erasure';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { email } from '../../http/text-parameters';

/**
 * Erases what guests with an e-mail address have said of themselves: with their payments and checkouts, in questions, and in mails to them; also in the
 * events about those. Customers with the address stay as they are. It cannot be taken back.
 */
export const eraseGuestOperation = operation({
  method: 'post',
  path: '/v1/guests/erase',
  summary: 'Erase a guest',
  tag: 'Customers',
  own: true,
  parameters: parameters({ email: email() }),
  answer: guestErasure,
  async handle(request) {
    const { email: address } = request.parameters;
    const { rows } = await request.change({
      step: 'eraseGuest',
      customer: null,
      load: (tx) => loadGuestErasureFacts(tx, request.scope, address),
      plan: (changes) => {
        eraseGuest(changes, address);
      },
    });
    return { body: { object: 'guest_erasure' as const, livemode: request.scope.livemode, erased: countsOf(rows) } };
  },
});

const countsOf = (rows: Rows): WireGuestErasure['erased'] => ({
  charges: rows.all('charge').length,
  checkout_sessions: rows.all('checkoutSession').length,
  mails: rows.all('mail').length,
  payment_intents: rows.all('paymentIntent').length,
  support_tickets: rows.all('supportTicket').length,
});

import { newSource } from '../../../domain/customer/payment-methods';
import { token } from '../../../objects/shapes/token';
import { operation } from '../../http/operation';
import { integer, name as oneLine, object, parameters } from '../../http/parameters';
import { showToken } from './show';
import { cardOf } from '../../sandbox/new-card';

const part = () => oneLine().optional();

/**
 * Creates a token for one of the sandbox's card numbers. It can be used once: as a source, or for a payment method. Live mode accepts no
 * numbers.
 *
 * @throws BillingError parameter_missing, parameter_invalid, and 402 with incorrect_number, invalid_expiry_month, invalid_expiry_year,
 * expired_card, invalid_cvc, card_declined (not a test card)
 */
export const createToken = operation({
  method: 'post',
  path: '/v1/tokens',
  summary: 'Create a card token',
  tag: 'Tokens',
  parameters: parameters({
    card: object({
      address_city: part(),
      address_country: part(),
      address_line1: part(),
      address_line2: part(),
      address_state: part(),
      address_zip: part(),
      cvc: oneLine({ max: 10 }).optional(),
      exp_month: integer(),
      exp_year: integer(),
      name: part(),
      number: oneLine({ max: 30 }),
    }),
  }),
  answer: token,
  unsupported: ['account', 'bank_account', 'card[currency]', 'card[networks]', 'customer', 'cvc_update', 'person', 'pii'],
  async handle(request) {
    const {
      address_city,
      address_country,
      address_line1,
      address_line2,
      address_state,
      address_zip,
      name: holder,
      ...card
    } = request.parameters.card;
    const address = {
      city: address_city ?? null,
      country: address_country ?? null,
      line1: address_line1 ?? null,
      line2: address_line2 ?? null,
      postal_code: address_zip ?? null,
      state: address_state ?? null,
    };
    const made = await cardOf(request, { card, billing_details: { address, name: holder ?? null } });
    await request.change({ step: 'createToken', customer: null, plan: (changes) => void newSource(changes, { ...made, token: 'unused' }) });
    return showToken(request, request.newId('card').replace(/^card_/, 'tok_'));
  },
});

import { newSource } from '../../../domain/customer/payment-methods';
import { token } from '../../../objects/shapes/token';
import { operation } from '../../http/operation';
import { integer, name as oneLine, object, parameters } from '../../http/parameters';
import { cardAddress, toAddress } from '../../schemas/card-address';
import { NO_ADDRESS } from '../../../domain/rows/resource';
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
      ...cardAddress(part),
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
    const { cvc, exp_month, exp_year, number, name: holder = null, ...address } = request.parameters.card;
    const billing_details = { address: { ...NO_ADDRESS, ...toAddress(address) }, name: holder };
    const made = await cardOf(request, { card: { cvc, exp_month, exp_year, number }, billing_details });
    await request.change({ step: 'createToken', customer: null, plan: (changes) => void newSource(changes, { ...made, token: 'unused' }) });
    return showToken(request, request.newId('card').replace(/^card_/, 'tok_'));
  },
});

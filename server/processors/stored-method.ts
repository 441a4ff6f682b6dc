import { BillingError } from '../../domain/core/errors';
import type { NewPaymentMethod } from '../../domain/customer/payment-methods';
import type { BillingDetails, MethodType, PaymentMethod } from '../../domain/rows/payment-method';
import type { Metadata } from '../../domain/rows/resource';
import type { StoredMethodAnswer } from '../../domain/rows/stored-method';
import { HttpError } from '../http/errors';
import { name, object, oneOf } from '../http/parameters';
import { ParameterError } from '../http/parameter-error';
import { onlyOne } from '../http/exclusive';
import type { ApiRequest } from '../http/request';
import { fingerprintOf } from '../writes/fingerprints';

/** A payment method that the seller's app has made at a processor, by the processor's own names. */
export const storedMethod = object({
  ...{ name: oneOf(['mollie', 'stripe']), payment_method: name({ max: 255 }), customer: name({ max: 255 }).optional() },
});

export interface StoredMethodParameters {
  name: 'mollie' | 'stripe';
  payment_method: string;
  customer?: string | undefined;
}

/** What the same request says of the payment method, in Stripe's names. */
interface Given {
  type: MethodType;
  card?: unknown;
  sepa_debit?: unknown;
  billing_details?: Partial<BillingDetails> | undefined;
  allow_redisplay?: PaymentMethod['allowRedisplay'] | undefined;
  metadata?: Metadata | null | undefined;
}

/**
 * Has the processor keep it for later payments, for which its bank may verify it.
 *
 * @throws BillingError card_declined; parameters_exclusive for a card beside it; parameter_invalid for another type, or for a name that the
 * processor does not know; HttpError 503 if the processor does not answer
 */
export async function storedMethodOf(
  request: ApiRequest<unknown>,
  processor: StoredMethodParameters,
  given: Given,
): Promise<NewPaymentMethod> {
  onlyOne({ processor, card: given.card, sepa_debit: given.sepa_debit }, ['card', 'sepa_debit', 'processor']);
  const { name: gateway, payment_method: method, customer = null } = processor;
  const types = TYPES[gateway];
  if (!types.includes(given.type)) throw wrongType(`At ${gateway} Dunlin charges ${types.join(' and ')}.`);
  const answer = await request.deps.processors.keep(request.scope, { processor: gateway, method, customer });
  if (answer.outcome !== 'stored') throw refusal(answer);
  if (answer.type !== given.type) throw wrongType(`${method} is of the type ${answer.type}.`);
  const { gatewayReference, billingDetails } = answer;
  return {
    ...{ ...accountOf(request, answer), gateway, riskLevel: 'normal', gatewayReference },
    billingDetails: { ...billingDetails, ...given.billing_details },
    allowRedisplay: given.allow_redisplay ?? 'unspecified',
    metadata: given.metadata ?? {},
  };
}

const TYPES: Record<StoredMethodParameters['name'], readonly string[]> = { mollie: ['card', 'sepa_debit'], stripe: ['card'] };

const wrongType = (message: string) => new ParameterError('parameter_invalid', message, 'type');

/** As at the sandbox, only the fingerprint of the account's number is kept. */
function accountOf(
  request: ApiRequest<unknown>,
  answer: Extract<StoredMethodAnswer, { outcome: 'stored' }>,
): Pick<NewPaymentMethod, 'bankAccount' | 'card' | 'type'> {
  if (answer.type === 'card') return { type: 'card', card: answer.card, bankAccount: null };
  const { account, number, type } = answer;
  return { type, card: null, bankAccount: { ...account, fingerprint: fingerprintOf(request, 'account', `${type} ${number}`) } };
}

function refusal(answer: Exclude<StoredMethodAnswer, { outcome: 'stored' }>): Error {
  switch (answer.outcome) {
    case 'declined': {
      const { code, declineCode, message } = answer;
      return new BillingError('card_declined', message, { card: { code, declineCode, charge: null, paymentMethod: null } });
    }
    case 'refused':
      return new ParameterError('parameter_invalid', answer.message, `processor[${answer.part === 'processor' ? 'name' : answer.part}]`);
    case 'unavailable':
      return new HttpError(503, `The processor cannot be asked now: ${answer.message}`, { type: 'api_error' });
  }
}

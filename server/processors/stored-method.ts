import { BillingError } from '../../domain/core/errors';
import type { NewPaymentMethod } from '../../domain/customer/payment-methods';
import type { StoredMethodAnswer } from '../../domain/rows/stored-method';
import { HttpError } from '../http/errors';
import { name, object, oneOf } from '../http/parameters';
import { ParameterError } from '../http/parameter-error';
import { onlyOne } from '../http/exclusive';
import type { ApiRequest } from '../http/request';
import type { MethodParameters } from '../sandbox/new-method';

/** A payment method that the seller's app has made at a processor, by the processor's own names. */
export const storedMethod = object({
  ...{ name: oneOf(['stripe']), payment_method: name({ max: 255 }), customer: name({ max: 255 }).optional() },
});

export interface StoredMethodParameters {
  name: 'stripe';
  payment_method: string;
  customer?: string | undefined;
}

/**
 * Has the processor keep it for later payments, for which its bank may verify it.
 *
 * @throws BillingError card_declined; parameters_exclusive for a card beside it; parameter_invalid for another type, or for a name that the
 * processor does not know; HttpError 503 if the processor does not answer
 */
export async function storedMethodOf(
  { deps, scope }: ApiRequest<unknown>,
  processor: StoredMethodParameters,
  given: MethodParameters,
): Promise<NewPaymentMethod> {
  onlyOne({ processor, card: given.card }, ['card', 'processor']);
  if (given.type !== 'card') throw new ParameterError('parameter_invalid', 'Processors keep cards only: type must be card.', 'type');
  const { name: gateway, payment_method: method, customer = null } = processor;
  const answer = await deps.processors.keep(scope, { processor: gateway, method, customer });
  if (answer.outcome !== 'stored') throw refusal(answer);
  const { gatewayReference, card, billingDetails } = answer;
  return {
    ...{ type: 'card', bankAccount: null, gateway, riskLevel: 'normal', gatewayReference, card },
    billingDetails: { ...billingDetails, ...given.billing_details },
    allowRedisplay: given.allow_redisplay ?? 'unspecified',
    metadata: given.metadata ?? {},
  };
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

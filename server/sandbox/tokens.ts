/** Tokens that callers create. Each refers to a card, stored as a source without a customer, and works once. */
import { byKey, loadMatching } from '../../db/matching';
import { lockPaymentMethod } from '../../db/payments';
import { spendToken } from '../../domain/customer/sources';
import type { PaymentMethod } from '../../domain/rows/payment-method';
import { BillingError } from '../../domain/core/errors';
import { present, type ApiRequest } from '../http/request';

const cardIdOf = (token: string): string => token.replace(/^tok_/, 'card_');

/** @throws BillingError resource_missing */
export async function findToken(request: ApiRequest<unknown>, token: string, param: string): Promise<PaymentMethod> {
  const method = await findCard(request, token);
  if (method && method.token !== null) return method;
  throw new BillingError('resource_missing', `No such token: '${token}'`, { param });
}

/**
 * The card of a token. The token is spent in a commit of its own. If the request fails afterwards, it needs another token, as on Stripe.
 *
 * @throws BillingError resource_missing, token_already_used
 */
export async function takeToken(request: ApiRequest<unknown>, token: string, param: string): Promise<PaymentMethod> {
  const { id } = await findToken(request, token, param);
  const { rows } = await request.change({
    step: 'spendToken',
    customer: null,
    subject: id,
    load: async (tx) => {
      await lockPaymentMethod(tx, id);
      return loadMatching(tx, request.scope, [byKey('paymentMethod', id)]);
    },
    plan: (changes) => {
      spendToken(changes, present(changes, 'paymentMethod', id, { id: token, param }).id, token);
    },
  });
  return rows.find('paymentMethod', id) ?? findToken(request, token, param);
}

/** The card of a created token, used or not; undefined for the sandbox's own tokens. */
export async function findCard(request: ApiRequest<unknown>, token: string): Promise<PaymentMethod | undefined> {
  const key = cardIdOf(token);
  const rows = await loadMatching(request.deps.sql, request.scope, [byKey('paymentMethod', key)]);
  return rows.find('paymentMethod', key);
}

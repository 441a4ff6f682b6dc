/** Tokens that callers make: each stands for a card, which is kept as a source that nobody has yet, and works once. */
import { byKey, loadMatching, type Wanted } from '../../db/matching';
import { lockPaymentMethod } from '../../db/payments';
import { newSource, type NewPaymentMethod } from '../../domain/customer/payment-methods';
import { spendToken } from '../../domain/customer/sources';
import type { PaymentMethod } from '../../domain/rows/payment-method';
import type { ChangeSet } from '../../domain/core/change-set';
import { BillingError } from '../../domain/core/errors';
import { present, type ApiRequest } from '../http/request';
import { cardOfToken, refuseDeclinedCard } from './new-card';

const cardIdOf = (token: string): string => token.replace(/^tok_/, 'card_');

/** @throws resource_missing */
export async function findToken(request: ApiRequest<unknown>, token: string, param: string): Promise<PaymentMethod> {
  const method = await findCard(request, token);
  if (method && method.token !== null) return method;
  throw new BillingError('resource_missing', `No such token: '${token}'`, { param });
}

/**
 * The card of a token, which is spent with it, by a commit of its own: what fails afterwards needs another token, as on Stripe.
 *
 * @throws resource_missing, token_already_used
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

/** A source that is there, or one to be made within the request's own commit. */
export type SourceOfRequest = { existing: string } | { made: NewPaymentMethod };

/**
 * The source behind a token: its own card where the token was made, a new one for a token of the sandbox's.
 *
 * @throws resource_missing, token_already_used, and 402 for a card that its bank declines
 */
export async function sourceOf(request: ApiRequest<unknown>, token: string, param: string): Promise<SourceOfRequest> {
  const made = token.startsWith('tok_') && (await findCard(request, token));
  const card = made ? await takeToken(request, token, param) : await cardOfToken(request, token, param);
  refuseDeclinedCard(card);
  return made ? { existing: made.id } : { made: card };
}

/** The rows of a source that is there, for the facts of a plan. */
export const sourceWanted = (source: SourceOfRequest | null): Wanted[] =>
  source && 'existing' in source ? [byKey('paymentMethod', source.existing)] : [];

/** The source's id; one that has yet to be made is made. */
export function putSource(changes: ChangeSet, source: SourceOfRequest): string {
  return 'made' in source ? newSource(changes, source.made).id : source.existing;
}

async function findCard(request: ApiRequest<unknown>, token: string): Promise<PaymentMethod | undefined> {
  const key = cardIdOf(token);
  const rows = await loadMatching(request.deps.sql, request.scope, [byKey('paymentMethod', key)]);
  return rows.find('paymentMethod', key);
}

/** Sources in requests: given by tokens, some of which refer to a card that is already stored. */
import { byKey, type Wanted } from '../../db/matching';
import type { ChangeSet } from '../../domain/core/change-set';
import { newSource, type NewPaymentMethod } from '../../domain/customer/payment-methods';
import type { ApiRequest } from '../http/request';
import { cardOfToken, refuseDeclinedCard } from './new-card';
import { findCard, takeToken } from './tokens';

/** A source that is there, or one to be made within the request's own commit. */
export type SourceOfRequest = { existing: string } | { made: NewPaymentMethod };

/**
 * The source behind a token: its own card where the token was made, a new one for a token of the sandbox's.
 *
 * @throws BillingError resource_missing, token_already_used, and 402 for a card that its bank declines
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

import { loadMatching } from '../../../db/matching';
import type { TransactionSql } from '../../../db/connect';
import type { SegmentParameters } from '../../../domain/recovery/definition';
import type { Rows } from '../../../domain/rows/rows';
import type { ApiRequest } from '../../http/request';
import { checkReferences, type Reference } from '../../writes/references';

/** Of the account: the number of active ones is limited. */
export const loadPrograms = (tx: TransactionSql, request: ApiRequest<unknown>): Promise<Rows> =>
  loadMatching(tx, request.scope, [{ kind: 'recoveryProgram', filters: [] }]);

/** Writes to programs of an account follow each other. */
export const lockOf = ({ scope: { account, livemode } }: ApiRequest<unknown>): string => `recovery/${account}/${String(livemode)}`;

/** @throws BillingError resource_missing for a price or product of the segment that does not exist */
export async function checkSegment(request: ApiRequest<unknown>, { prices, products }: SegmentParameters = {}): Promise<void> {
  const named = (kind: 'price' | 'product', list: string[] | null | undefined): Reference[] =>
    (list ?? []).map((id, place) => ({ kind, id, param: `segment[${kind}s][${String(place)}]` }));
  await checkReferences(request, [...named('price', prices), ...named('product', products)]);
}

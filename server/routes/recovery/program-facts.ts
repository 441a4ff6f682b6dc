import { loadMatching } from '../../../db/matching';
import type { TransactionSql } from '../../../db/connect';
import type { ProgramParameters } from '../../../domain/recovery/programs';
import type { Price } from '../../../domain/rows/price';
import type { Rows } from '../../../domain/rows/rows';
import type { ApiRequest } from '../../http/request';
import { ParameterError } from '../../http/parameter-error';
import { checkReferences, recurringPrice, type Reference } from '../../writes/references';

/** Of the account: the number of active ones is limited. */
export const loadPrograms = (tx: TransactionSql, request: ApiRequest<unknown>): Promise<Rows> =>
  loadMatching(tx, request.scope, [{ kind: 'recoveryProgram', filters: [] }]);

/** Writes to programs of an account follow each other. */
export const lockOf = ({ scope: { account, livemode } }: ApiRequest<unknown>): string => `recovery/${account}/${String(livemode)}`;

/**
 * What a program names must be there, and a downgrade must be between recurring prices of the same terms.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export async function checkProgram(
  request: ApiRequest<unknown>,
  { arms = [], segment = {} }: Pick<ProgramParameters, 'arms' | 'segment'>,
): Promise<void> {
  const named = (kind: 'price' | 'product', list: string[] | null | undefined): Reference[] =>
    (list ?? []).map((id, place) => ({ kind, id, param: `segment[${kind}s][${String(place)}]` }));
  const downgrades = arms.flatMap(({ steps }, arm) =>
    steps.flatMap(({ type, from, to }, place) => {
      const at = `arms[${String(arm)}][steps][${String(place)}]`;
      return type === 'downgrade' && from !== undefined && to !== undefined ? [{ from, to, at }] : [];
    }),
  );
  const rows = await checkReferences(request, [
    ...named('price', segment.prices),
    ...named('product', segment.products),
    ...downgrades.flatMap(({ from, to, at }) => [recurringPrice(from, `${at}[from]`), recurringPrice(to, `${at}[to]`)]),
  ]);
  for (const { from, to, at } of downgrades) {
    if (termsOf(rows.get('price', from)) === termsOf(rows.get('price', to))) continue;
    throw new ParameterError(
      'parameter_invalid',
      `Invalid ${at}[to]: it must have the interval and the usage type of \`from\`.`,
      `${at}[to]`,
    );
  }
}

const termsOf = ({ recurring }: Price): string => [recurring?.interval, recurring?.interval_count, recurring?.usage_type].join('/');

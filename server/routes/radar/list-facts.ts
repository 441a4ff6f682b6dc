import type { z } from 'zod';
import type { TransactionSql } from '../../../db/connect';
import { loadMatching } from '../../../db/matching';
import type { ChangeSet } from '../../../domain/core/change-set';
import type { Rows } from '../../../domain/rows/rows';
import type { ObjectReply } from '../../http/operation';
import { text } from '../../http/parameters';
import { present, type ApiRequest } from '../../http/request';
import { lockOf } from './rule-facts';

/** As rules name it. */
export const alias = (): z.ZodString =>
  text({ max: 100 }).regex(/^[A-Za-z0-9_]*$/, 'Invalid alias: only letters, digits and _ are allowed');

const loadLists = (tx: TransactionSql, request: ApiRequest<unknown>): Promise<Rows> =>
  loadMatching(tx, request.scope, [
    { kind: 'radarRule', filters: [] },
    { kind: 'valueList', filters: [{ column: 'deleted', equals: false }] },
  ]);

/** A change of lists. `id`: of the list that the path names; absent for a new one. */
export async function changeLists(
  request: ApiRequest<unknown>,
  { step, id, plan }: { step: string; id?: string; plan: (changes: ChangeSet) => void },
): Promise<ObjectReply> {
  await request.change({
    step,
    customer: null,
    subject: lockOf(request),
    load: (tx) => loadLists(tx, request),
    plan: (changes) => {
      if (id !== undefined) present(changes, 'valueList', id);
      plan(changes);
    },
  });
  return { kind: 'valueList', key: id ?? request.newIdIn(lockOf(request), 'rsl') };
}

import type { TransactionSql } from '../../../db/connect';
import { byKey, loadMatching } from '../../../db/matching';
import type { ChangeSet } from '../../../domain/core/change-set';
import type { Rows } from '../../../domain/rows/rows';
import type { ObjectReply } from '../../http/operation';
import { present, type ApiRequest } from '../../http/request';

/** A change of the experiment that the path names. `load`: the facts besides the experiment. */
export async function changeExperiment<P>(
  request: ApiRequest<P>,
  of: { step: string; load: (tx: TransactionSql) => Promise<Rows>; plan: (changes: ChangeSet, id: string) => void },
): Promise<ObjectReply> {
  const id = request.pathId('experiment');
  await request.change({
    step: of.step,
    customer: null,
    subject: id,
    load: async (tx) => {
      const rows = await loadMatching(tx, request.scope, [byKey('experiment', id)]);
      rows.putAll(await of.load(tx));
      return rows;
    },
    plan: (changes) => {
      present(changes, 'experiment', id);
      of.plan(changes, id);
    },
  });
  return { kind: 'experiment', key: id };
}

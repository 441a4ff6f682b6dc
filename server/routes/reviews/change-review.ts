import { lockFacts } from '../../../db/facts';
import type { ChangeSet } from '../../../domain/core/change-set';
import type { ObjectReply } from '../../http/operation';
import { present, type ApiRequest } from '../../http/request';

/** Changes the review that the path names, with its charge. */
export async function changeReview(
  request: ApiRequest<unknown>,
  step: string,
  plan: (changes: ChangeSet, id: string) => void,
): Promise<ObjectReply> {
  const { id, customer } = await request.find('review', request.pathId('review'));
  const facts = { account: request.scope.account, customer, review: id };
  await request.change({
    step,
    customer,
    subject: id,
    load: (tx) => lockFacts(tx, facts),
    plan: (changes) => {
      present(changes, 'review', id);
      plan(changes, id);
    },
  });
  return { kind: 'review', key: id };
}

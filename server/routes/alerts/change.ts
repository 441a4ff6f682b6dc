/** Changes of one alert, for operations without parameters. */
import { byKey, byKeys, loadMatching } from '../../../db/matching';
import type { ChangeSet } from '../../../domain/core/change-set';
import { operation, type ObjectReply, type Operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

export interface AlertChange {
  verb: 'activate' | 'archive' | 'deactivate';
  summary: string;
  plan: (changes: ChangeSet, id: string) => void;
}

export function alertChange({ verb, summary, plan }: AlertChange): Operation {
  return operation({
    method: 'post',
    path: `/v1/billing/alerts/:alert/${verb}`,
    summary,
    tag: 'Metering',
    parameters: parameters({}),
    shows: 'alert',
    async handle(request): Promise<ObjectReply> {
      const { id, customer } = await request.find('alert', request.pathId('alert'));
      await request.change({
        step: `${verb}Alert`,
        customer,
        subject: id,
        load: (tx) => loadMatching(tx, request.scope, [byKey('alert', id), byKeys('customer', customer === null ? [] : [customer])]),
        plan: (change) => {
          plan(change, id);
        },
      });
      return { kind: 'alert', key: id };
    },
  });
}

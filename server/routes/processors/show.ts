import { ALL, listProcessors, type ProcessorState } from '../../../db/processors';
import { BillingError } from '../../../domain/core/errors';
import type { WireProcessor } from '../../../objects/shapes/processor';
import type { ApiRequest } from '../../http/request';

type Asking = Pick<ApiRequest<unknown>, 'deps' | 'pathId' | 'scope'>;

/** `all`, and each configured one. */
export const namesIn = ({ deps }: Pick<Asking, 'deps'>): string[] => [ALL, ...deps.config.processors.map(({ name }) => name)];

/** @throws BillingError resource_missing if the installation has no processor of the path's name */
export function processorOf(request: Asking): string {
  const name = request.pathId('processor');
  if (namesIn(request).includes(name)) return name;
  throw new BillingError('resource_missing', `No such processor: '${name}'`, { param: 'id' });
}

export async function answerProcessor({ deps, scope }: Pick<Asking, 'deps' | 'scope'>, name: string): Promise<{ body: WireProcessor }> {
  const [state] = await listProcessors(deps.sql, scope, [name]);
  if (!state) throw new Error('a list of one processor is empty');
  return { body: showProcessor(state, scope.livemode) };
}

export function showProcessor(state: ProcessorState, livemode: boolean): WireProcessor {
  return {
    object: 'processor',
    charges_per_second: state.perSecond,
    events: { error: state.eventsError, missed: state.eventsMissed, read_at: state.eventsReadAt },
    failures: state.failures,
    livemode,
    name: state.processor,
    paused_at: state.pausedAt,
    paused_by: state.pausedBy,
    reason: state.reason,
    status: state.status,
    waiting: {
      captures: state.waitingCaptures,
      charges: state.waitingCharges,
      refunds: state.waitingRefunds,
      since: state.waitingSince,
    },
  };
}

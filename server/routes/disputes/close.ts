import { closeDisputeUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Accepts a dispute as lost, for good.
 *
 * @throws BillingError resource_missing, dispute_not_editable, lock_timeout
 */
export const closeDispute = operation({
  method: 'post',
  path: '/v1/disputes/:dispute/close',
  summary: 'Close a dispute',
  tag: 'Disputes',
  parameters: parameters({}),
  shows: 'dispute',
  through: 'workflow',
  async handle(request) {
    const { id, customer } = await request.find('dispute', request.pathId('dispute'));
    await request.changeThroughWorkflow({ kind: 'dispute', subject: id, customer }, closeDisputeUpdate);
    return { kind: 'dispute', key: id };
  },
});

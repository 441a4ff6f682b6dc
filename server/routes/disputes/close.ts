import { closeDisputeUpdate } from '../../../workflows/contract';
import { operation, type Operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { pathDispute, type DisputePath } from './paths';

/**
 * Accepts a dispute as lost, for good.
 *
 * @throws BillingError resource_missing, dispute_not_editable, lock_timeout
 */
export const closeDispute = (path: DisputePath): Operation =>
  operation({
    method: 'post',
    path: `${path}/close`,
    summary: 'Close a dispute',
    tag: 'Disputes',
    parameters: parameters({}),
    shows: 'dispute',
    through: 'workflow',
    async handle(request) {
      const { id, customer } = await pathDispute(request);
      await request.changeThroughWorkflow({ kind: 'dispute', subject: id, customer }, closeDisputeUpdate);
      return { kind: 'dispute', key: id };
    },
  });

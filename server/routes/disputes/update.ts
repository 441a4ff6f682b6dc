import { updateDisputeUpdate } from '../../../workflows/contract';
import { operation, type Operation } from '../../http/operation';
import { boolean, metadata, parameters } from '../../http/parameters';
import { checkFiles, checkPriorCharges } from './references';
import { evidence } from './schemas';
import { pathDispute, type DisputePath } from './paths';

/**
 * Stages evidence and, unless `submit` is false, sends the staged evidence to the bank. In test mode `winning_evidence` in `uncategorized_text` wins
 * a day later, and `losing_evidence` loses; after anything else the dispute stays under review.
 *
 * @throws BillingError resource_missing, dispute_not_editable, parameter_invalid (a file, an earlier charge, too much text), parameter_missing (the
 * acknowledgement of a fee), lock_timeout
 */
export const updateDispute = (path: DisputePath): Operation =>
  operation({
    method: 'post',
    path,
    summary: 'Update a dispute',
    tag: 'Disputes',
    parameters: parameters({ evidence: evidence.optional(), metadata: metadata().optional(), submit: boolean().optional() }),
    shows: 'dispute',
    through: 'workflow',
    async handle(request) {
      const dispute = await pathDispute(request);
      const { id: subject, customer } = dispute;
      await checkFiles(request, dispute, request.parameters.evidence ?? {});
      await checkPriorCharges(request, dispute, request.parameters.evidence?.enhanced_evidence);
      await request.changeThroughWorkflow({ kind: 'dispute', subject, customer }, updateDisputeUpdate);
      return { kind: 'dispute', key: subject };
    },
  });

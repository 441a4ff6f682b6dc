import { findDisputeToAnswer } from '../db/disputes';
import { readEvidenceFile } from '../db/files';
import { callGateway, outside, type Calling } from './call-gateway';

/** Messages to the bank about a dispute; the keys are the dispute's id and the kind of message. */
export function createDisputeActivities(deps: Calling) {
  return {
    submitEvidence: (input: { id: string }): Promise<void> =>
      outside(async () => {
        const dispute = await findDisputeToAnswer(deps.sql, input.id);
        const idempotencyKey = `${dispute.id}/evidence-${String(dispute.submissionCount + 1)}`;
        await callGateway(deps, dispute, (gateway) =>
          gateway.submitEvidence({
            idempotencyKey,
            dispute: dispute.dispute,
            evidence: dispute.evidence,
            enhancedEvidence: dispute.enhancedEvidence,
            file: (file) => readEvidenceFile(deps.sql, dispute, file),
          }),
        );
      }),

    closeDispute: (input: { id: string }): Promise<void> =>
      outside(async () => {
        const dispute = await findDisputeToAnswer(deps.sql, input.id);
        const request = { idempotencyKey: `${dispute.id}/close`, dispute: dispute.dispute };
        await callGateway(deps, dispute, (gateway) => gateway.closeDispute(request));
      }),
  };
}

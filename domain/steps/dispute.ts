import { decideDispute, expireDispute, recordClosing } from '../payment/dispute-decisions';
import { closeDispute, recordSubmission, updateDispute } from '../payment/dispute-requests';
import type { AnyStep } from '../core/steps';

export const disputeSteps: Record<string, AnyStep> = {
  updateDispute: { plan: updateDispute },
  closeDispute: { plan: closeDispute },
  recordSubmission: { plan: recordSubmission },
  recordClosing: { plan: recordClosing },
  decideDispute: { plan: decideDispute },
  expireDispute: { plan: expireDispute },
};

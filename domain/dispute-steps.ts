import { decideDispute, expireDispute, recordClosing } from './dispute-decisions';
import { closeDispute, recordSubmission, updateDispute } from './dispute-requests';
import type { Step } from './steps';

export const disputeSteps: Record<string, Step> = {
  updateDispute: { plan: updateDispute },
  closeDispute: { plan: closeDispute },
  recordSubmission: { plan: recordSubmission },
  recordClosing: { plan: recordClosing },
  decideDispute: { plan: decideDispute },
  expireDispute: { plan: expireDispute },
};

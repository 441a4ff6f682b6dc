import { entityWorkflow } from './entity';
import { record } from './lifecycle';

/** A call of an agent that waits for a person. It starts at the deadline, and refuses the call; or nothing, if somebody has answered. */
export const approvalWorkflow = entityWorkflow('approval', {
  updates: {},
  agenda: { missApproval: record },
  calls: {},
});

import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import type { WorkflowIdReusePolicy } from '@temporalio/common';
import { KeyedLimiter } from '../db/turns';
import { DEADLINES } from '../domain/core/deadlines';
import { BillingError } from '../domain/core/errors';
import { workflowId, type EntityRef } from '../domain/rows/workflow';
import { CREATING_STEPS, WORKFLOW_TYPES, type ChangeAnswer, type ChangeMessage, type ChangeUpdate } from '../workflows/contract';
import { startOptions } from './entities';
import { temporalFailure } from './failures';

/** Temporal takes ten Updates at a time per workflow, and fails some under bursts. So this process sends few and queues the rest. */
const AT_ONCE_PER_WORKFLOW = 4;
/** How long a caller waits for a turn and its answer. Milliseconds. */
const PATIENCE = DEADLINES.change;

/** Sends changes to entities' workflows, starts those that do not run, and returns when the change and its charge are committed. */
export class Changes {
  private readonly turns = new KeyedLimiter();

  constructor(
    private readonly client: Client,
    private readonly taskQueue: string,
  ) {}

  /**
   * The workflow's answer. The commit key (the request's id) is the Update's id, so a repetition does nothing twice.
   *
   * @throws BillingError lock_timeout if no turn came in time; the SDK's own error without an answer in time, or without Temporal
   */
  async change(entity: EntityRef, update: ChangeUpdate, message: ChangeMessage): Promise<ChangeAnswer> {
    const deadline = Date.now() + PATIENCE;
    const turn = { atOnce: AT_ONCE_PER_WORKFLOW, patience: PATIENCE };
    return this.turns.take(workflowId(entity.kind, entity.subject), turn, () => this.untilAnswered(entity, update, message, deadline));
  }

  private async untilAnswered(entity: EntityRef, update: ChangeUpdate, message: ChangeMessage, deadline: number) {
    let reuse = reusePolicyOf(update.name);
    for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
      try {
        return await this.send(entity, update, message, { deadline, reuse });
      } catch (error) {
        const failure = temporalFailure(error);
        if (failure === null || failure === 'failed' || Date.now() + pause > deadline) throw asOutcome(error);
        // Its workflow ended before it had answered. The next run answers from the rows, which contain the commit key if it was committed.
        if (failure === 'retry') reuse = 'ALLOW_DUPLICATE';
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  private send(
    entity: EntityRef,
    update: ChangeUpdate,
    message: ChangeMessage,
    { deadline, reuse }: { deadline: number; reuse: WorkflowIdReusePolicy },
  ): Promise<ChangeAnswer> {
    const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPES[entity.kind], {
      ...startOptions(this.taskQueue, entity, message.now, 'message'),
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: reuse,
    });
    return this.client.withDeadline(deadline, () =>
      this.client.workflow.executeUpdateWithStart(update, { args: [message], updateId: message.commitKey, startWorkflowOperation }),
    );
  }
}

const reusePolicyOf = (step: string): WorkflowIdReusePolicy => (CREATING_STEPS.includes(step) ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE');

/** If Temporal is away or does not answer in time, that is an outage; a workflow that accepts no message is busy. */
function asOutcome(error: unknown): unknown {
  const failure = temporalFailure(error);
  if (failure !== 'retry' && failure !== 'busy') return error;
  return new BillingError('lock_timeout', 'This object is being changed by other requests. Ask again; the same Idempotency-Key is safe.');
}

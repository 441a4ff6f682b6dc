import { isGrpcServiceError, WithStartWorkflowOperation, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { DEADLINES } from '../domain/deadlines';
import { BillingError } from '../domain/errors';
import { workflowId, type EntityRef } from '../domain/workflow';
import {
  CREATING_STEPS,
  WORKFLOW_TYPES,
  type ChangeAnswer,
  type ChangeMessage,
  type createSubscriptionUpdate,
} from '../workflows/contract';
import { startOptions } from './entities';
import { Turns } from './turns';

/** Temporal takes ten Updates at a time per workflow, and loses patience under bursts; so this process sends few and queues the rest. */
const AT_ONCE_PER_WORKFLOW = 4;
/** How long a caller waits for a turn and its answer before it is told to come back. Milliseconds. */
const PATIENCE = DEADLINES.change;
/**
 * Failures that say nothing about the change: asked again under the same Update id. A workflow task fails, too, when a workflow
 * ends while a message is on its way to it (UnhandledCommand); the Updates that it held are then thrown back to their callers.
 */
const TRANSIENT =
  /UnprocessedUpdate|AcceptedUpdateCompletedWorkflow|workflow execution already completed|unexpected workflow task failure|ResourceExhausted|RESOURCE_EXHAUSTED|UNAVAILABLE|aborted/i;

/** What is an outage when it lasts. */
const AWAY = /UNAVAILABLE|unexpected workflow task failure/;

/** Sends changes to entities' workflows, starting those that do not run, and answers when the change and its charge are committed. */
export class Changes {
  private readonly turns = new Turns(AT_ONCE_PER_WORKFLOW);

  constructor(
    private readonly client: Client,
    private readonly taskQueue: string,
  ) {}

  /**
   * What the workflow answered. Throws `lock_timeout` where no turn came in time; without an answer in time, or without Temporal, the
   * SDK's own error. The cause (the request's id) is the Update's id, so that asking again does nothing twice.
   */
  async change(entity: EntityRef, update: typeof createSubscriptionUpdate, message: ChangeMessage): Promise<ChangeAnswer> {
    const deadline = Date.now() + PATIENCE;
    return this.turns.take(workflowId(entity.kind, entity.subject), PATIENCE, () => this.untilAnswered(entity, update, message, deadline));
  }

  private async untilAnswered(entity: EntityRef, update: typeof createSubscriptionUpdate, message: ChangeMessage, deadline: number) {
    for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
      try {
        return await this.send(entity, update, message, deadline);
      } catch (error) {
        if (!isTransient(error) || Date.now() + pause > deadline) throw asOutcome(error);
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  private send(
    entity: EntityRef,
    update: typeof createSubscriptionUpdate,
    message: ChangeMessage,
    deadline: number,
  ): Promise<ChangeAnswer> {
    const creates = CREATING_STEPS.includes(update.name);
    const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOW_TYPES[entity.kind], {
      ...startOptions(this.taskQueue, entity, message.now, 'message'),
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: creates ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
    });
    return this.client.withDeadline(deadline, () =>
      this.client.workflow.executeUpdateWithStart(update, { args: [message], updateId: message.cause, startWorkflowOperation }),
    );
  }
}

function isTransient(error: unknown): boolean {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : error;
  if (isGrpcServiceError(cause)) return TRANSIENT.test(`${cause.message} ${cause.details}`);
  return cause instanceof Error && (TRANSIENT.test(cause.message) || TRANSIENT.test(cause.name) || isTransientCause(cause.cause));
}

function isTransientCause(cause: unknown): boolean {
  return cause instanceof Error && TRANSIENT.test(`${cause.name} ${cause.message}`);
}

/** Temporal away, or no answer in time, is an outage and stays one; a workflow that took no message is busy. */
function asOutcome(error: unknown): unknown {
  if (!isTransient(error) || (error instanceof Error && AWAY.test(`${error.message} ${String(error.cause)}`))) return error;
  return new BillingError('lock_timeout', 'This object is being changed by other requests. Ask again; the same Idempotency-Key is safe.');
}

/** What an error of Temporal's client means for what was asked of a workflow: told by classes, types and codes, never by words. */
import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';

/**
 * `retry`: it says nothing about the change, which is asked for again under the same Update id. `busy`: the workflow, or Temporal,
 * takes no more messages now. `away`: Temporal, or whoever works for it, does not answer. `failed`: a mistake, which no repetition
 * mends. Asking again under the same id is safe in the first three.
 */
export type TemporalFailure = 'retry' | 'busy' | 'away' | 'failed';

/** gRPC's status codes, which the SDK exports from a package that is not ours to depend on. */
const BY_GRPC_CODE: Record<number, TemporalFailure> = {
  /** CANCELLED: by a connection that went down. */
  1: 'away',
  /** UNKNOWN */
  2: 'away',
  /** DEADLINE_EXCEEDED */
  4: 'away',
  /** NOT_FOUND: the workflow has ended. */
  5: 'retry',
  /** ALREADY_EXISTS: it has ended, and was not to be started anew. */
  6: 'retry',
  /** RESOURCE_EXHAUSTED: more Updates at once than a workflow takes, or a limit of the namespace. */
  8: 'busy',
  /** FAILED_PRECONDITION: the workflow cannot take an Update now, since a task of it failed. */
  9: 'away',
  /** ABORTED: the Update's other half (the start) did not happen. */
  10: 'retry',
  /** INTERNAL: also a stream that was reset. */
  13: 'away',
  /** UNAVAILABLE */
  14: 'away',
};

/** Failures of Updates that the server makes: the workflow ended before it had taken it in, or before it had answered. */
const UNDECIDED = new Set(['UnprocessedUpdate', 'AcceptedUpdateCompletedWorkflow']);

/** Null for an error that is not Temporal's. */
export function temporalFailure(error: unknown): TemporalFailure | null {
  if (error instanceof WorkflowUpdateFailedError) return isUndecided(error.cause) ? 'retry' : 'failed';
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return 'away';
  if (error instanceof WorkflowNotFoundError || error instanceof WorkflowExecutionAlreadyStartedError) return 'retry';
  if (isGrpcServiceError(error)) return BY_GRPC_CODE[error.code] ?? 'failed';
  return error instanceof Error && error.cause !== undefined ? temporalFailure(error.cause) : null;
}

const isUndecided = (cause: unknown): boolean => cause instanceof ApplicationFailure && UNDECIDED.has(cause.type ?? '');

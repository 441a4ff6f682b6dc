/** What an error of Temporal's client means for a request to a workflow, judged by classes, types and codes, never by text. */
import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';

/**
 * `retry`: it says nothing about the change, which is sent again under the same Update id. `busy`: the workflow, or Temporal, takes no more
 * messages now. `away`: Temporal, or its workers, do not answer. `failed`: a bug, which no repetition fixes. For the first three, repeating
 * under the same id is safe.
 */
export type TemporalFailure = 'retry' | 'busy' | 'away' | 'failed';

/** gRPC's status codes, which the SDK exports from a package that Dunlin does not depend on. */
const BY_GRPC_CODE: Record<number, TemporalFailure> = {
  /** CANCELLED: by a lost connection. */
  1: 'away',
  /** UNKNOWN */
  2: 'away',
  /** DEADLINE_EXCEEDED */
  4: 'away',
  /** NOT_FOUND: the workflow has ended. */
  5: 'retry',
  /** ALREADY_EXISTS: it has ended, and must not be restarted. */
  6: 'retry',
  /** RESOURCE_EXHAUSTED: more concurrent Updates than a workflow takes, or a limit of the namespace. */
  8: 'busy',
  /** FAILED_PRECONDITION: the workflow cannot take an Update now, because one of its tasks failed. */
  9: 'away',
  /** ABORTED: the Update's other half (the start) did not happen. */
  10: 'retry',
  /** INTERNAL: also a stream that was reset. */
  13: 'away',
  /** UNAVAILABLE */
  14: 'away',
};

/** Failures of Updates that Temporal's server makes: the workflow ended before it had accepted the Update, or before it had answered. */
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

import type { IncomingHttpHeaders } from 'node:http';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { WorkerOptions } from '@temporalio/worker';

/** One HTTP request as a span, below the caller's if it sends a `traceparent`. */
export interface RequestSpan {
  /** Runs the request's work, so that its spans are children of this one. */
  run(what: () => void): void;
  /** @param of the operation's path, never the URL; status null if the caller hung up */
  end(of: { operation: string; method: string; status: number | null; request: string }): void;
}

export interface RequestTracer {
  begin(headers: IncomingHttpHeaders): RequestSpan;
}

/** Makes the spans of one process. They contain ids and names of operations, no personal data. */
export interface Tracing {
  requests: RequestTracer;
  /** For the Temporal client: passes the trace on to workflows. */
  clientInterceptors: WorkflowClientInterceptor[];
  /** Files of the interceptors to bundle with workflows. */
  workflowInterceptorModules: string[];
  /** For each worker. */
  activityInterceptors: NonNullable<NonNullable<WorkerOptions['interceptors']>['activity']>;
  sinks: NonNullable<WorkerOptions['sinks']>;
  /** Sends the remaining spans. */
  stop(): Promise<void>;
}

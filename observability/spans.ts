import type { IncomingHttpHeaders } from 'node:http';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { WorkerOptions } from '@temporalio/worker';

/** One HTTP request as a span, under the caller's where it sends a `traceparent`. */
export interface RequestSpan {
  /** Runs what the request causes, so that its spans are children of this one. */
  run(what: () => void): void;
  /** @param of the operation's path, never the URL; status null where the caller hung up */
  end(of: { operation: string; method: string; status: number | null; request: string }): void;
}

export interface RequestTracer {
  begin(headers: IncomingHttpHeaders): RequestSpan;
}

/** What makes spans in one process. They hold ids and names of operations, no personal data. */
export interface Tracing {
  requests: RequestTracer;
  /** For the Temporal client: hands the trace on to workflows. */
  clientInterceptors: WorkflowClientInterceptor[];
  /** Files of the interceptors that are bundled with workflows. */
  workflowInterceptorModules: string[];
  /** For each worker. */
  activityInterceptors: NonNullable<NonNullable<WorkerOptions['interceptors']>['activity']>;
  sinks: NonNullable<WorkerOptions['sinks']>;
  /** Sends what is not sent yet. */
  stop(): Promise<void>;
}

import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Config } from '../../config';
import type { Committed } from '../../db/commit';
import type { Sql } from '../../db/connect';
import type { HttpMetrics } from '../../observability/http-metrics';
import type { Readiness } from '../../observability/readiness';
import type { RequestTracer } from '../../observability/spans';
import type { Changes } from '../../temporal/changes';

/** What a request can reach. Made once per process in `main.ts`, and by tests. */
export interface Dependencies {
  sql: Sql;
  temporal: Client;
  /** Sends changes to the workflows of entities. */
  changes: Changes;
  config: Config;
  /** The instance's secret: ids and client secrets are made with it. */
  secret: string;
  log: Logger;
  /** Whether what the server needs answers. Absent: there is no `/readyz`. */
  readiness?: Readiness;
  /** Where requests are counted. Absent: nowhere. */
  metrics?: HttpMetrics;
  /** Absent: nothing is traced. */
  tracer?: RequestTracer;
  /** After a commit: wakes the workflows that it concerns and the endpoints that it has events for. A hint, which may be lost. */
  notify: (scope: Scope, now: number, committed: Pick<Committed, 'wakes' | 'endpoints'>) => void;
}

/** Whose objects a key can see. Every query is bound to it. */
export interface Scope {
  account: string;
  livemode: boolean;
}

import type { Sql } from '../db/connect';
import type { Gateways } from '../gateways/payment-gateway';
import type { TaxProvider } from '../gateways/tax-provider';
import type { Metrics } from '../observability/metrics';
import type { AdvanceOptions } from '../temporal/advance';
import type { HoldRequest } from '../domain/rows/held';
import type { EntityRef } from '../domain/rows/workflow';

/** Runs what plans a step; where it does not come back, the entity is held and the worker starts anew. */
export type PlanningGuard = <T>(of: Omit<HoldRequest, 'failure'>, plan: () => T) => T;

/** What activities act with; made once per worker process. */
export interface ActivityDependencies {
  sql: Sql;
  /** The instance's secret, from which ids and client secrets are made. */
  secret: string;
  /** The version of Dunlin that runs, told with what fails in it. */
  appVersion: string;
  guardPlanning: PlanningGuard;
  /** Processors by name, each for one seller. */
  gateways: Gateways;
  /** Whoever calculates the tax of invoices. */
  taxProvider: TaxProvider;
  /** Signals workflows that their rows have changed, starting those that do not run. */
  wake: (entities: EntityRef[], now: number) => Promise<void>;
  /** Has endpoints deliver soon; returns at once. */
  notifyEndpoints: (endpoints: string[]) => void;
  /** Has an entity on a test clock do all that is due at `now`; returns when it is done. */
  advance: (entity: EntityRef, now: number, options: AdvanceOptions) => Promise<void>;
  /** Ends a workflow whose test clock is deleted. */
  endWorkflow: (workflowId: string, reason: string) => Promise<void>;
  /** Hosts and CIDR ranges that webhooks may go to besides public addresses. */
  webhookAllowedHosts: string[];
  /** Told of each commit, how it ended and how long it took. */
  metrics: Metrics;
}

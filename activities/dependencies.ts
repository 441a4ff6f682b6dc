import type { Sql } from '../db/connect';
import type { Gateways } from '../gateways/payment-gateway';
import type { MailServer } from '../gateways/mail-server';
import type { TaxIdRegistries } from '../gateways/tax-id-registry';
import type { RemoteTaxProviders } from '../gateways/tax-provider';
import type { Metrics } from '../observability/metrics';
import type { AdvanceOptions } from '../temporal/advance';
import type { RiskScorer } from '../domain/fraud/score';
import type { Scope } from '../domain/core/steps';
import type { HoldRequest } from '../domain/rows/held';
import type { LinkTo } from '../objects/wire';
import type { EntityRef } from '../domain/rows/workflow';

/** Runs the planning of a step. If that does not return, the entity is held and the worker restarts. */
export type PlanningGuard = <T>(of: Omit<HoldRequest, 'failure'>, plan: () => T) => T;

/** The resources of activities; made once per worker process. */
export interface ActivityDependencies {
  sql: Sql;
  /** The installation's secret, for ids and client secrets. */
  secret: string;
  /** The public links to documents, which events show. */
  linkTo: LinkTo;
  /** The running version of Dunlin, recorded with failures. */
  appVersion: string;
  guardPlanning: PlanningGuard;
  /** The risk score of a payment that no processor has assessed. */
  score: RiskScorer;
  /** Processors by name, each for one seller. */
  gateways: Gateways;
  /** Calculate the tax of invoices over the network, by name. */
  taxProviders: RemoteTaxProviders;
  /** Say whether tax ids are valid, by name. */
  taxIdRegistries: TaxIdRegistries;
  /** Takes mails to customers. Null: the installation has none, and mails stay in the mailbox. */
  mailServer: MailServer | null;
  /** Signals workflows that their rows have changed, and starts those that do not run. */
  wake: (entities: EntityRef[], now: number) => Promise<void>;
  /** Makes endpoints deliver soon; returns at once. */
  notifyEndpoints: (endpoints: string[]) => void;
  /** Has the seller's mails sent soon; returns at once. */
  notifyMails: (sender: Scope) => void;
  /** Makes an entity on a test clock do everything due at `now`; returns when it is done. */
  advance: (entity: EntityRef, now: number, options: AdvanceOptions) => Promise<void>;
  /** Makes a test clock's workflow read its row; starts it if it does not run. */
  wakeTestClock: (clock: Scope & { clock: string }) => Promise<void>;
  /** Ends a workflow whose test clock is deleted. */
  endWorkflow: (workflowId: string, reason: string) => Promise<void>;
  /** The API's URL as a worker reaches it, for calls that it makes as a client. */
  apiUrl: string;
  /** Hosts and CIDR ranges that may receive webhooks besides public addresses. */
  webhookAllowedHosts: string[];
  /** Receives each commit with its outcome and duration. */
  metrics: Metrics;
}

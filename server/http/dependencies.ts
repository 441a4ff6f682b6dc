import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { publicUrlOf, type Config } from '../../config';
import type { Committed } from '../../db/commit';
import type { SaleAnswer, SaleQuestion } from '../../domain/rows/tax-calculation';
import type { Sql } from '../../db/connect';
import { documentTokens } from '../../db/ids';
import { documentLinks, type LinkTo } from '../../objects/wire';
import type { HttpMetrics } from '../../observability/http-metrics';
import type { Readiness } from '../../observability/readiness';
import type { RequestTracer } from '../../observability/spans';
import type { Changes } from '../../temporal/changes';

/** The resources that a request can use. Made once per process. */
export interface Dependencies {
  sql: Sql;
  temporal: Client;
  /** Sends changes to the workflows of entities. */
  changes: Changes;
  config: Config;
  /** The installation's secret, for ids and client secrets. */
  secret: string;
  log: Logger;
  /** Asks remote tax providers about previews, quotes and requested calculations. */
  askTaxProvider: (seller: Scope, questions: readonly SaleQuestion[]) => Promise<SaleAnswer[]>;
  /** Whether the parts that the server needs answer. Absent: there is no `/readyz`. */
  readiness?: Readiness;
  /** Where requests are counted. Absent: they are not. */
  metrics?: HttpMetrics;
  /** Absent: no traces. */
  tracer?: RequestTracer;
  /** After a commit: wakes the affected workflows, the endpoints with new deliveries, and the sending of mails. A hint, which may be lost. */
  notify: (scope: Scope, now: number, committed: Pick<Committed, 'wakes' | 'endpoints'> & Partial<Pick<Committed, 'hasMails'>>) => void;
}

/** The public links to documents. */
export function linkToOf({ config, secret }: Pick<Dependencies, 'config' | 'secret'>): LinkTo {
  return documentLinks(publicUrlOf(config), documentTokens(secret));
}

/** The account and mode of a key. Every query is limited to it. */
export interface Scope {
  account: string;
  livemode: boolean;
}

import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { publicUrlOf, type Config } from '../../config';
import type { Committed } from '../../db/commit';
import type { ListEvents, ProcessorEvent, ReturnedIntent } from '../../domain/rows/processor-event';
import type { StoredMethod, StoredMethodAnswer } from '../../domain/rows/stored-method';
import type { SaleAnswer, SaleQuestion } from '../../domain/rows/tax-calculation';
import type { Sql } from '../../db/connect';
import { documentTokens, type TokenSecrets } from '../../db/ids';
import { documentLinks, type LinkTo } from '../../objects/wire';
import type { HttpMetrics } from '../../observability/http-metrics';
import type { Readiness } from '../../observability/readiness';
import type { RequestTracer } from '../../observability/spans';
import type { Changes } from '../../temporal/changes';

/** What the server asks of processors. Charges and refunds are not among it: workers make them. */
export interface Processors {
  /** Has a processor keep a payment method that the seller's app has made there. */
  keep(seller: Scope, method: StoredMethod): Promise<StoredMethodAnswer>;
  /** Whether an intent does not wait for its payer any more. Null: the secret is not its own, or the processor does not answer. */
  isDecided(seller: Scope, intent: ReturnedIntent): Promise<boolean | null>;
  /** What a webhook tells. Null: the processor has not signed it, or there is no such processor. */
  read(processor: string, webhook: { body: Buffer; headers: Record<string, unknown> }): Promise<ProcessorEvent | 'unavailable' | null>;
  /** Its own list of events. Null: it has none, or no key of the mode. */
  eventsOf(processor: string, livemode: boolean): ListEvents | null;
}

/** The resources that a request can use. Made once per process. */
export interface Dependencies {
  sql: Sql;
  temporal: Client;
  /** Sends changes to the workflows of entities. */
  changes: Changes;
  config: Config;
  /** The installation's secret, for ids and client secrets. */
  secret: string;
  /** Of links and tokens that give access. */
  tokenSecrets: TokenSecrets;
  log: Logger;
  /** Asks remote tax providers about previews, quotes and requested calculations. */
  askTaxProvider: (seller: Scope, questions: readonly SaleQuestion[]) => Promise<SaleAnswer[]>;
  /** Processors that work for the sellers of this installation. */
  processors: Processors;
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
export function linkToOf({ config, tokenSecrets }: Pick<Dependencies, 'config' | 'tokenSecrets'>): LinkTo {
  return documentLinks(publicUrlOf(config), documentTokens(tokenSecrets));
}

/** The account and mode of a key. Every query is limited to it. */
export interface Scope {
  account: string;
  livemode: boolean;
}

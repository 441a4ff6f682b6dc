/** Another billing system that customers are imported from: it is read page by page, and its subscriptions can be frozen. */
import type { SourceInvoice, SourceObjects, SourceSubscription } from '../domain/migration/source-objects';
import type { SourceKind } from '../domain/rows/import';
import type { PauseCollection } from '../domain/rows/subscription';

/** The source does not accept a change, and will not: a subscription that has ended, for example. */
export class SourceRefused extends Error {
  override name = 'SourceRefused';
}

/** What became of a schedule that the source was asked to leave. */
export interface LeftSchedule {
  /** The source never begins it. */
  isLeft: boolean;
  /** What it has begun there. */
  subscription: string | null;
}

export interface SourcePage<K extends SourceKind = SourceKind> {
  objects: SourceObjects[K][];
  /** The object after which the next page begins. Null: this was the last. */
  next: string | null;
}

/** Which objects of a kind. */
export interface SourcePageOf {
  after: string | null;
  /** Only customers on this test clock of the source. Null: only those in real time. */
  testClock: string | null;
  /** Usage before this instant is read. A whole hour. */
  usageUntil: number;
}

export interface ImportSource {
  page<K extends SourceKind>(kind: K, of: SourcePageOf): Promise<SourcePage<K>>;
  customer(id: string): Promise<SourceObjects['customer']>;
  subscriptionsOf(customer: string, usageUntil: number): Promise<SourceSubscription[]>;
  /** Those that have not begun. */
  schedulesOf(customer: string): Promise<SourceObjects['subscription_schedule'][]>;
  /** Has the source not begin a schedule, unless it has begun or ended before. */
  letGo(schedule: string): Promise<LeftSchedule>;
  /** Final invoices and drafts of a customer that were made since then, with all lines. */
  invoicesOf(customer: string, since: number): Promise<SourceInvoice[]>;
  /** While it is paused, the source makes drafts and charges nobody. Null: it bills again. */
  pause(subscription: string, pause: PauseCollection | null): Promise<SourceSubscription>;
  /** Has the source finalize and charge a draft that it made while its subscription was paused. */
  collect(invoice: string): Promise<void>;
}

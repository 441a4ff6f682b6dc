/**
 * Everything that one commit will change. Planners read the facts, put rows, post to the ledger, emit events and wake other workflows.
 * Nothing is written until the whole change set is ready. A preview renders the same change set and writes nothing.
 */
import { BillingError, type Refusal } from './errors';
import type { LedgerEntry, LedgerTransaction, RevenueSchedule } from './ledger';
import type { RateQuestion, SourcedRate } from '../rows/exchange-rate';
import type { SignLicense } from '../rows/license';
import type { CardTry } from '../rows/payment-attempt';
import type { RecoveryProgram } from '../rows/recovery-program';
import { keyOf, type RowKind, type Rows, type RowTypes } from '../rows/rows';
import type { ListedValue } from '../rows/radar';
import type { SaleAnswer, SaleQuestion, TaxAnswer, TaxQuestion } from '../rows/tax-calculation';
import type { TaxIdRegistryName } from '../rows/tax-id';
import type { WorkflowKind } from '../rows/workflow';
import { LIMITS } from './limits';

/** The inputs that make a commit's decisions reproducible. Time and ids are arguments; planners never read a clock or a random source. */
export interface ChangeContext {
  account: string;
  livemode: boolean;
  workflow: string;
  commitKey: string;
  /** Epoch seconds; the test clock's frozen time for an entity on one. */
  now: number;
  /** The API request that caused it, for `event.request`. */
  request: { id: string; idempotencyKey: string | null } | null;
  /** The nth id with this prefix in this commit. A repeated commit makes the same ids. */
  newId: (prefix: string, ordinal: number) => string;
  /** An unguessable text bound to an id (client secrets). */
  secretFor: (id: string) => string;
  /** Signs a license with the key of this id. */
  sign: SignLicense;
  /** The change set will not be written; invoices stay drafts. */
  preview?: boolean;
  /** The answers to the questions of an earlier plan of the same commit. */
  taxes?: TaxAnswer[];
  /** A remote tax provider's answers about what is not final. Absent: no provider is asked about it, and the built-in engine estimates it. */
  sales?: SaleAnswer[];
  /** Which invoice numbers are taken, of those that an earlier plan of the same commit asked about. */
  takenNumbers?: ReadonlyMap<string, boolean>;
  /** The exchange rates that an earlier plan of the same commit asked about, by question. */
  exchangeRates?: ReadonlyMap<string, readonly SourcedRate[]>;
  /** The active recovery programs, if an earlier plan of the same commit asked for them. */
  recoveryPrograms?: readonly RecoveryProgram[];
  /** How cards were tried lately, by fingerprint: of those that an earlier plan of the same commit asked about. */
  cardTries?: ReadonlyMap<string, readonly CardTry[]>;
  /** The registries of tax ids that this installation can ask. Absent: none. */
  registries?: readonly TaxIdRegistryName[];
  /** What objects keep that are taken from another billing system, by the prefix of their ids and in their order. */
  keeps?: Keeps;
  /** Renders a row as Stripe's object, without expansion. */
  render: (kind: RowKind, key: string, rows: Rows) => Record<string, unknown>;
}

/** The id of an object that is taken from elsewhere, and when it was made there. */
export type Keeps = Readonly<Record<string, readonly { id: string; created: number }[]>>;

export interface PlannedEvent {
  id: string;
  type: string;
  objectId: string;
  object: Record<string, unknown>;
  previousAttributes: Record<string, unknown> | null;
  orderKey: string;
  /** With whose key it is sealed what names a person. Null: a guest, or nobody. */
  customer: string | null;
}

export interface PlannedWake {
  kind: WorkflowKind;
  subject: string;
  customer: string | null;
  testClock: string | null;
}

/** What a ledger transaction posts, if it also says when revenue is earned. */
export interface Posted {
  entries: LedgerEntry[];
  schedules: RevenueSchedule[];
}

export interface PlannedPosting {
  transaction: LedgerTransaction;
  entries: (LedgerEntry & { id: string; transaction: string })[];
  schedules: (RevenueSchedule & { id: string; transaction: string })[];
}

/** All entries of a statement have the same columns. */
const NO_TAX = { taxRate: null, taxableAmount: null, taxabilityReason: null } as const;

/** The key of a question in `exchangeRates`. */
export const keyOfRates = ({ from, to, since, day }: RateQuestion): string => [from, to, since, day].join(' ');

export class ChangeSet {
  readonly rows: Rows;
  readonly changed = new Map<RowKind, Set<string>>();
  readonly removed = new Map<RowKind, Set<string>>();
  readonly events: PlannedEvent[] = [];
  readonly postings: PlannedPosting[] = [];
  readonly wakes: PlannedWake[] = [];
  /** Workflows that are started when their time has come, and not before. */
  readonly timers: (PlannedWake & { at: number })[] = [];
  /** Not empty if the plan needs tax that nobody has calculated yet: nothing of it is written then. */
  readonly taxQuestions: TaxQuestion[] = [];
  /** Not empty if a provider is to be asked about what is not final: nothing of the plan is written then. */
  readonly saleQuestions: SaleQuestion[] = [];
  /** Invoice numbers of which the plan does not know whether they are taken: nothing of it is written then. */
  readonly numberQuestions: string[] = [];
  /** Exchange rates that the plan does not have: nothing of it is written then. */
  readonly rateQuestions: RateQuestion[] = [];
  /** Whether the plan needs the recovery programs and does not have them: nothing of it is written then. */
  asksForPrograms = false;
  /** Fingerprints of cards of which the plan does not know how they were tried lately: nothing of it is written then. */
  readonly cardQuestions: string[] = [];
  /**
   * Customers of mails (null: guests) that cannot be written, because the customer or the account is not among the facts: nothing of the plan
   * is written then.
   */
  readonly mailQuestions: (string | null)[] = [];
  /** Objects of which the caller wants no mail. */
  readonly unmailed = new Set<string>();
  /**
   * Differences of redemption counts. The database adds them to its counts, because customers share coupons and others count at the same
   * time.
   */
  readonly redemptions = { coupon: new Map<string, number>(), promotionCode: new Map<string, number>() };
  /** Customers of whom nothing shall be known any more: the keys of what is sealed of them are destroyed. */
  readonly erased = new Set<string>();
  /** Words that name a person who is erased, wherever else they are: on lists, for example. Null: nobody is erased. */
  forgotten: ReadonlySet<string> | null = null;
  /** What is put on the seller's lists, unless it is there. Others write to them at the same time. */
  readonly listed: ListedValue[] = [];
  /** One line for the timeline: the decision, with ids and amounts only. */
  outcome: string | null = null;
  /** The error for the caller, if the step refuses the request and still writes something. */
  refusal: Refusal | null = null;
  private readonly ordinals = new Map<string, number>();
  private made = 0;

  constructor(
    readonly base: Rows,
    readonly context: ChangeContext,
  ) {
    this.rows = base.copy();
  }

  get now(): number {
    return this.context.now;
  }

  /** The rates that a question asks for. Nothing of the plan is written until they are known. */
  ratesFor(question: RateQuestion): readonly SourcedRate[] {
    const known = this.context.exchangeRates?.get(keyOfRates(question));
    if (!known) this.rateQuestions.push(question);
    return known ?? [];
  }

  /** The active recovery programs. Nothing of the plan is written until they are known. */
  recoveryPrograms(): readonly RecoveryProgram[] {
    this.asksForPrograms ||= this.context.recoveryPrograms === undefined;
    return this.context.recoveryPrograms ?? [];
  }

  /** How a card was tried in the last 30 days, oldest first. Nothing of the plan is written until it is known. */
  cardTries(fingerprint: string): readonly CardTry[] {
    const known = this.context.cardTries?.get(fingerprint);
    if (!known) this.cardQuestions.push(fingerprint);
    return known ?? [];
  }

  id(prefix: string): string {
    const ordinal = this.ordinals.get(prefix) ?? 0;
    this.ordinals.set(prefix, ordinal + 1);
    return this.context.newId(prefix, ordinal);
  }

  /** The columns that every new resource starts with. */
  resource(prefix: string): { id: string; account: string; livemode: boolean; created: number } {
    const kept = this.context.keeps?.[prefix]?.[this.ordinals.get(prefix) ?? 0];
    const { account, livemode } = this.context;
    return { id: this.id(prefix), account, livemode, created: this.now, ...kept };
  }

  put<K extends RowKind>(kind: K, row: RowTypes[K]): RowTypes[K] {
    if (!this.rows.find(kind, keyOf(kind, row))) this.spend(1);
    this.rows.put(kind, row);
    mark(this.changed, kind, keyOf(kind, row));
    return row;
  }

  patch<K extends RowKind>(kind: K, key: string, change: Partial<RowTypes[K]>): RowTypes[K] {
    return this.put(kind, { ...this.rows.get(kind, key), ...change });
  }

  /** Only for rows that the API never showed and no money depends on: hidden rows of a refused creation, lines of a draft. */
  remove(kind: RowKind, key: string): void {
    this.rows.remove(kind, key);
    this.changed.get(kind)?.delete(key);
    if (this.base.find(kind, key)) mark(this.removed, kind, key);
  }

  /** Adds (+1) or takes back (−1) one redemption of the coupon and, if given, of the promotion code. */
  redeem(coupon: string, by: 1 | -1, promotionCode: string | null = null): void {
    this.count('coupon', coupon, by);
    if (promotionCode !== null) this.count('promotionCode', promotionCode, by);
  }

  /** Emits an event with the object as it is at this point of the change set. */
  emit(type: string, kind: RowKind, key: string): void {
    this.emitObject(type, kind, key, null);
  }

  /** Emits an `…updated` event, unless the object in the API is the same as when the commit began, or was not there yet. */
  emitUpdated(type: string, kind: RowKind, key: string): void {
    const known = this.base.find(kind, key) as { hidden?: boolean } | undefined;
    if (!known || known.hidden) return;
    const before = this.context.render(kind, key, this.base);
    const previous = previousAttributes(before, this.context.render(kind, key, this.rows));
    if (previous) this.emitObject(type, kind, key, previous);
  }

  /** Emits an `…updated` event in which `key` replaces `before`: a customer changes from one discount to another. */
  emitReplaced(type: string, kind: RowKind, before: string, key: string): void {
    const rendered = this.context.render(kind, before, this.base);
    this.emitObject(type, kind, key, previousAttributes(rendered, this.context.render(kind, key, this.rows)));
  }

  /** Emits an event about a row whose object is not that row: an invoice to come, of its subscription. */
  emitAbout(
    type: string,
    about: { kind: RowKind; key: string; object: Record<string, unknown>; previous?: Record<string, unknown> },
  ): void {
    this.push(type, { previous: null, ...about });
  }

  /**
   * Posts a ledger transaction. Debits are positive, credits negative. Zero entries are left out, unless they say what was not taxed; the others must balance (the database
   * checks). Schedules say when the deferred revenue that it changes is earned.
   */
  post(type: string, source: string, customer: string | null, posted: LedgerEntry[] | Posted): void {
    const { entries, schedules } = Array.isArray(posted) ? { entries: posted, schedules: [] } : posted;
    const real = entries.filter((entry) => entry.amount !== 0 || (entry.taxableAmount ?? 0) !== 0);
    if (real.length === 0 && schedules.length === 0) return;
    const { account, livemode, workflow, commitKey } = this.context;
    this.spend(real.length + schedules.length);
    const id = this.id('ltx');
    this.postings.push({
      transaction: { id, account, livemode, created: this.now, type, source, customer, workflow, commitKey },
      entries: real.map((entry, index) => ({ ...NO_TAX, ...entry, id: `${id}/${String(index)}`, transaction: id })),
      schedules: schedules.map((schedule, index) => ({ ...schedule, id: `${id}/s${String(index)}`, transaction: id })),
    });
  }

  /** Makes another workflow read its rows now, and starts it if it does not run. */
  wake(kind: WorkflowKind, subject: string, of: { customer: string | null; testClock?: string | null }): void {
    if (this.wakes.some((wake) => wake.kind === kind && wake.subject === subject)) return;
    const testClock = of.testClock ?? this.rows.find('customer', of.customer)?.testClock ?? null;
    this.spend(1);
    this.wakes.push({ kind, subject, customer: of.customer, testClock });
  }

  /** Has a workflow started at `at`, by the sweep or by its test clock: until then it costs one row. */
  startAt(at: number, kind: WorkflowKind, subject: string, customer: { id: string | null; testClock: string | null }): void {
    this.spend(1);
    this.timers.push({ kind, subject, customer: customer.id, testClock: customer.testClock, at });
  }

  /** Takes back wakes that turned out to be for nothing. */
  dropWakes(isIdle: (wake: PlannedWake) => boolean): void {
    this.wakes.splice(0, this.wakes.length, ...this.wakes.filter((wake) => !isIdle(wake)));
  }

  /** Counts rows, events and postings instead of time, so the limit is the same on every machine. */
  private spend(made: number): void {
    this.made += made;
    if (this.made <= LIMITS.planChanges.max) return;
    throw new BillingError('change_too_large', `This would make more than ${String(LIMITS.planChanges.max)} things at once.`);
  }

  /** The row may be absent: a planner that gives a redemption back does not have to load it. */
  private count(kind: 'coupon' | 'promotionCode', key: string, by: 1 | -1): void {
    const row = this.rows.find(kind, key);
    if (row) this.rows.put(kind, { ...row, timesRedeemed: row.timesRedeemed + by });
    this.redemptions[kind].set(key, (this.redemptions[kind].get(key) ?? 0) + by);
  }

  private emitObject(type: string, kind: RowKind, key: string, previous: Record<string, unknown> | null): void {
    if ((this.rows.get(kind, key) as { hidden?: boolean }).hidden) return;
    this.push(type, { kind, key, object: this.context.render(kind, key, this.rows), previous });
  }

  private push(
    type: string,
    {
      kind,
      key,
      object,
      previous,
    }: { kind: RowKind; key: string; object: Record<string, unknown>; previous: Record<string, unknown> | null },
  ): void {
    const row = this.rows.get(kind, key) as Belonging;
    this.spend(1);
    const invoice = this.rows.find('invoice', row.invoice ?? null);
    const subscription = kind === 'subscription' ? key : (row.subscription ?? invoice?.subscription);
    const own = kind === 'customer' ? key : row.customer;
    this.events.push({
      id: this.id('evt'),
      type,
      objectId: key,
      object,
      previousAttributes: previous,
      orderKey: subscription ?? own ?? key,
      customer: own ?? this.ownerOf(kind, key, subscription ?? null),
    });
  }

  /** The customer that an object had before, because a detached card belongs to nobody, or that of its subscription. */
  private ownerOf(kind: RowKind, key: string, subscription: string | null): string | null {
    const earlier = this.base.find(kind, key) as Belonging | undefined;
    return earlier?.customer ?? this.rows.find('subscription', subscription)?.customer ?? null;
  }
}

interface Belonging {
  customer?: string | null;
  subscription?: string | null;
  invoice?: string | null;
}

/**
 * The top-level properties that changed, with their earlier values. Nested objects contain only the changed properties, lists are complete.
 */
function previousAttributes(before: Record<string, unknown>, after: Record<string, unknown>): Record<string, unknown> | null {
  const previous: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[key], after[key]];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    previous[key] = isObject(was) && isObject(is) ? previousAttributes(was, is) : (was ?? null);
  }
  return Object.keys(previous).length > 0 ? previous : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mark(marks: Map<RowKind, Set<string>>, kind: RowKind, key: string): void {
  const keys = marks.get(kind) ?? new Set<string>();
  marks.set(kind, keys.add(key));
}

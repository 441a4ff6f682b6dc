/** A request as its handler sees it: who asks, for what, and the ways to read and to write. */
import { BillingError } from '../../domain/core/errors';
import type { ChangeSet } from '../../domain/core/change-set';
import { Rows, type RowKind, type RowTypes } from '../../domain/rows/rows';
import { commit, type CommitInput, type Committed, type Decide } from '../../db/commit';
import type { TransactionSql } from '../../db/connect';
import { customerTime, findRow, type Row } from '../../db/lookup';
import { idSource, secretSource } from '../../db/ids';
import { isUniqueViolation } from '../../db/outages';
import { snapshot } from '../../objects';
import { workflowId, type EntityRef } from '../../domain/rows/workflow';
import type { ChangeUpdate } from '../../workflows/contract';
import type { Dependencies, Scope } from './dependencies';
import { NAMES } from '../expansion/names';
import { conclude, untilSettled } from './settling';

/** A write that no workflow owns, as one commit. */
export interface Change {
  /** What is done, for the timeline: `createProduct`. */
  step: string;
  /** Whose row is locked, and whose time it is; null for what belongs to no customer. */
  customer: string | null;
  /** The object that changes, where it is no customer's: writes to it go one after another. Absent: the request makes something new. */
  subject?: string;
  /** Time, where it is not that of the customer. */
  now?: number;
  /** Loads the facts. Refuses nothing: it also runs when the request was committed before. */
  load?: (tx: TransactionSql) => Promise<Rows>;
  plan: (changes: ChangeSet) => void;
}

export interface RequestIdentity {
  /** Of the first request with the same Idempotency-Key: the cause of all that it does. */
  id: string;
  idempotencyKey: string | null;
}

export interface ApiRequestContext {
  path: Readonly<Record<string, string>>;
  scope: Scope;
  keyId: string;
  identity: RequestIdentity;
  expand: readonly string[];
}

export class ApiRequest<P> {
  readonly id: string;
  readonly idempotencyKey: string | null;
  readonly path: Readonly<Record<string, string>>;
  readonly scope: Scope;
  /** Of the API key that the caller showed. */
  readonly keyId: string;
  /** What the caller wants expanded; the framework does it. */
  readonly expand: readonly string[];
  private readonly ids: (prefix: string, ordinal: number) => string;

  constructor(
    readonly parameters: P,
    of: ApiRequestContext,
    readonly deps: Dependencies,
  ) {
    const { path, scope, keyId, identity, expand } = of;
    this.path = path;
    this.scope = scope;
    this.keyId = keyId;
    this.expand = expand;
    this.id = identity.id;
    this.idempotencyKey = identity.idempotencyKey;
    this.ids = idSource(deps.secret, this.causeWorkflow(), this.id);
  }

  /** The nth id with this prefix that the request makes; the same whenever it is run again. */
  newId(prefix: string, ordinal = 0): string {
    return this.ids(prefix, ordinal);
  }

  secretFor(id: string): string {
    return secretSource(this.deps.secret)(id);
  }

  /** A part of the path: `pathId('customer')` of `/v1/customers/:customer`. */
  pathId(name: string): string {
    const value = this.path[name];
    if (value === undefined) throw new Error(`the path has no :${name}`);
    return value;
  }

  /**
   * A row of the caller's account and mode by the id that the wire shows. `param` names the parameter that refers to it.
   *
   * @throws resource_missing, 404 where `param` is the path's id, else 400
   */
  async find<K extends RowKind>(kind: K, id: string, param = 'id'): Promise<Row<K>> {
    const row = await findRow(this.deps.sql, kind, this.scope, id);
    return row ?? missing(kind, id, param);
  }

  /** Epoch seconds: the customer's test clock's time, or the real one. A clock that is on its way refuses: lock_timeout. */
  async now(customer: string | null = null, param = 'customer'): Promise<number> {
    if (customer === null) return Math.floor(Date.now() / 1000);
    const time = await customerTime(this.deps.sql, this.scope, customer);
    if (time === null) return missing('customer', customer, param);
    if (time.advancing) throw new BillingError('lock_timeout', CLOCK_MOVES);
    return time.now ?? Math.floor(Date.now() / 1000);
  }

  /** Writes in one transaction, wakes whom it concerns, and waits for what they make of it. Run again after a crash it finds what it did, and changes nothing. */
  async change(change: Change): Promise<Committed> {
    const { secret, sql, notify } = this.deps;
    const now = change.now ?? (await this.now(change.customer));
    const input: CommitInput = {
      secret,
      render: snapshot,
      scope: this.scope,
      workflow: this.causeWorkflow(change.subject),
      cause: this.id,
      step: change.step,
      now,
      customer: change.customer,
    };
    const decide: Decide = async (tx) => ({
      facts: (await change.load?.(tx)) ?? new Rows(),
      request: { id: this.id, idempotencyKey: this.idempotencyKey },
      plan: change.plan,
    });
    // Looked at again, what was taken meanwhile is refused as it would have been before.
    const committed = await commit(sql, input, decide).catch((error: unknown) => {
      if (isUniqueViolation(error)) return commit(sql, input, decide);
      throw error;
    });
    notify(this.scope, now, committed);
    const woke = committed.wakes.map(({ kind, subject }) => workflowId(kind, subject));
    await untilSettled(sql, woke, now);
    return committed;
  }

  /**
   * Has an entity's workflow do what the request asks, and returns when that is committed. The operation must be declared with
   * `through: 'workflow'`: the step reads its parameters from the stored request. Throws the workflow's refusal.
   */
  async changeThroughWorkflow(
    entity: Pick<EntityRef, 'kind' | 'subject' | 'customer'>,
    update: ChangeUpdate,
    target?: string,
  ): Promise<void> {
    const { customer } = entity;
    const time = customer === null ? null : await customerTime(this.deps.sql, this.scope, customer);
    if (time?.advancing) throw new BillingError('lock_timeout', CLOCK_MOVES);
    const now = time?.now ?? Math.floor(Date.now() / 1000);
    const message = { cause: this.id, now, ...(target === undefined ? {} : { target }) };
    const ref = { ...entity, ...this.scope, testClock: time?.testClock ?? null };
    const answer = await this.deps.changes.change(ref, update, message);
    await conclude(this.deps.sql, answer, { workflow: workflowId(entity.kind, entity.subject), now });
  }

  // What belongs to no customer is locked by this name: per object, so that only writes to the same one wait for each other.
  private causeWorkflow(subject: string = this.id): string {
    return `api/${subject}`;
  }
}

/** Stripe's words for an id that nobody has, or somebody else. */
export function missing(kind: RowKind, id: string, param = 'id'): never {
  throw new BillingError('resource_missing', `No such ${NAMES[kind]}: '${id}'`, { param });
}

/** The row of a plan, which must exist and not be deleted. `named`: where the wire shows another id than the key, and the parameter. */
export function present<K extends RowKind>(
  changes: ChangeSet,
  kind: K,
  key: string,
  named: { id?: string; param?: string } = {},
): RowTypes[K] {
  const row = changes.rows.find(kind, key);
  const isGone = row === undefined || ('deleted' in row && row.deleted);
  return isGone ? missing(kind, named.id ?? key, named.param) : row;
}

const CLOCK_MOVES = 'This object cannot be accessed right now because its test clock is advancing. Please retry when the clock is ready.';

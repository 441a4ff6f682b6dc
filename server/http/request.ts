/** A request as its handler sees it: the caller, the parameters, and the ways to read and to write. */
import type { Permissions } from '../../domain/authorization/permissions';
import { affectedBy } from '../../domain/core/wakes';
import { BillingError } from '../../domain/core/errors';
import type { ChangeSet } from '../../domain/core/change-set';
import { Rows, type RowKind, type RowTypes } from '../../domain/rows/rows';
import { commit, type CommitInput, type Committed, type Decide, type AskTaxProvider } from '../../db/commit';
import type { TransactionSql } from '../../db/connect';
import { customerTime, findRow, type Row } from '../../db/lookup';
import { idSource, secretSource } from '../../db/ids';
import { isUniqueViolation } from '../../db/outages';
import { snapshot } from '../../objects';
import { workflowId, type EntityRef } from '../../domain/rows/workflow';
import type { ChangeUpdate } from '../../workflows/contract';
import { linkToOf, type Dependencies, type Scope } from './dependencies';
import { NAMES } from '../expansion/names';
import { conclude, untilSettled } from './settling';
import { registriesOf } from './tax-id-registries';

/** A write without a workflow, as one commit. */
export interface Change {
  /** The name of the write in the timeline: `createProduct`. */
  step: string;
  /** The customer whose row is locked and whose time applies; null for objects without a customer. */
  customer: string | null;
  /** The object that changes, if it has no customer: writes to it run one after another. Absent: the request creates an object. */
  subject?: string;
  /** The present time, if it is not the customer's. */
  now?: number;
  /** Whether the account's remote tax provider is asked about what is offered. Otherwise the built-in engine estimates the tax of what is not final. */
  asksTaxProvider?: boolean;
  /** Loads the facts. It must not refuse, because it also runs if the request was committed before. */
  load?: (tx: TransactionSql) => Promise<Rows>;
  plan: (changes: ChangeSet) => void;
}

export interface RequestIdentity {
  /** The id of the first request with the same Idempotency-Key. It is the commit key of all its writes. */
  id: string;
  idempotencyKey: string | null;
}

export interface ApiRequestContext {
  path: Readonly<Record<string, string>>;
  scope: Scope;
  keyId: string;
  identity: RequestIdentity;
  /** The server's URL, as the caller knows it. */
  origin: string;
  /** Absent: a page of a customer, which may give nobody permissions. */
  permissions?: Permissions;
  /** Absent: the operation reveals none. */
  newSecret?: string | undefined;
  /** Absent: a page, which expands nothing. */
  expand?: readonly string[];
}

export class ApiRequest<P> {
  readonly id: string;
  readonly idempotencyKey: string | null;
  readonly path: Readonly<Record<string, string>>;
  readonly scope: Scope;
  /** Id of the caller's API key. */
  readonly keyId: string;
  /** What the caller may do, and so may let others do. */
  readonly permissions: Permissions;
  /** The server's URL for browsers, without a slash at the end. */
  readonly origin: string;
  /** The paths to expand. The framework does it; a search asks whether it is to count. */
  readonly expand: readonly string[];
  /** The rows that the request has found. A read shows these, without loading them again. */
  readonly found = new Rows();
  private readonly ids: (prefix: string, ordinal: number) => string;

  constructor(
    readonly parameters: P,
    private readonly of: ApiRequestContext,
    readonly deps: Dependencies,
  ) {
    const { path, scope, keyId, identity } = of;
    this.path = path;
    this.origin = deps.config.publicUrl ?? of.origin;
    this.scope = scope;
    this.keyId = keyId;
    this.permissions = of.permissions ?? { scopes: [] };
    this.expand = of.expand ?? [];
    this.id = identity.id;
    this.idempotencyKey = identity.idempotencyKey;
    this.ids = idSource(deps.secret, this.causeWorkflow(), this.id);
  }

  /** The same request with other parameters: those of another path to the same operation. */
  withParameters<Q>(parameters: Q): ApiRequest<Q> {
    return new ApiRequest(parameters, this.of, this.deps);
  }

  /** The nth id with this prefix that the request makes; a repeated request makes the same ids. */
  newId(prefix: string, ordinal = 0): string {
    return this.ids(prefix, ordinal);
  }

  /** The first id with this prefix that the request makes in a write to this `subject`. */
  newIdIn(subject: string, prefix: string): string {
    return idSource(this.deps.secret, this.causeWorkflow(subject), this.id)(prefix, 0);
  }

  /** What the answer shows only now, if the operation reveals something. */
  get newSecret(): string {
    const { newSecret } = this.of;
    if (newSecret === undefined) throw new Error('only an operation that reveals a secret has a new one');
    return newSecret;
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
   * A row of the caller's account and mode by the API's id. `param` names the parameter that references it.
   *
   * @throws BillingError resource_missing: 404 if `param` is the path's id, else 400
   */
  async find<K extends RowKind>(kind: K, id: string, param = 'id'): Promise<Row<K>> {
    const row = await findRow(this.deps.sql, kind, this.scope, id);
    if (row === null) return missing(kind, id, param);
    this.found.put(kind, row);
    return row;
  }

  /**
   * Epoch seconds: the time of the customer's test clock, or real time.
   *
   * @throws BillingError lock_timeout while the clock advances
   */
  async now(customer: string | null = null, param = 'customer'): Promise<number> {
    if (customer === null) return Math.floor(Date.now() / 1000);
    const time = await this.timeOf(customer);
    if (time === null) return missing('customer', customer, param);
    if (time.advancing) throw new BillingError('lock_timeout', CLOCK_MOVES);
    return time.now ?? Math.floor(Date.now() / 1000);
  }

  /**
   * Writes in one transaction, wakes the affected workflows, and waits for them to finish. If it is repeated after a crash, it finds its
   * earlier commit and changes nothing.
   */
  async change(change: Change): Promise<Committed> {
    const { secret, sql, notify, config } = this.deps;
    const now = change.now ?? (await this.now(change.customer));
    const input: CommitInput = {
      secret,
      render: (kind, key, rows) => snapshot(kind, key, rows, { linkTo: linkToOf(this.deps) }),
      scope: this.scope,
      workflow: this.causeWorkflow(change.subject),
      commitKey: this.id,
      step: change.step,
      now,
      customer: change.customer,
      registries: registriesOf(config),
      ...(change.asksTaxProvider ? { askTaxProvider: this.askTaxProvider } : {}),
    };
    const decide: Decide = async (tx) => ({
      facts: (await change.load?.(tx)) ?? new Rows(),
      request: { id: this.id, idempotencyKey: this.idempotencyKey },
      plan: change.plan,
    });
    // If another request took a unique value meanwhile, repeating the commit finds that and refuses properly.
    const committed = await commit(sql, input, decide).catch((error: unknown) => {
      if (isUniqueViolation(error)) return commit(sql, input, decide);
      throw error;
    });
    notify(this.scope, now, committed);
    await untilSettled(sql, affectedBy(committed.wakes, committed.rows), now);
    return committed;
  }

  readonly askTaxProvider: AskTaxProvider = (questions) => this.deps.askTaxProvider(this.scope, questions);

  /**
   * Makes an entity's workflow do the change, and returns when it is committed. The operation must be declared with `through: 'workflow'`,
   * because the step reads its parameters from the stored request.
   *
   * @throws BillingError with the workflow's refusal
   */
  async changeThroughWorkflow(
    entity: Pick<EntityRef, 'kind' | 'subject' | 'customer'>,
    update: ChangeUpdate,
    target?: string,
  ): Promise<void> {
    const { customer } = entity;
    const time = customer === null ? null : await this.timeOf(customer);
    if (time?.advancing) throw new BillingError('lock_timeout', CLOCK_MOVES);
    const now = time?.now ?? Math.floor(Date.now() / 1000);
    const message = { commitKey: this.id, now, ...(target === undefined ? {} : { target }) };
    const ref = { ...entity, ...this.scope, testClock: time?.testClock ?? null };
    const answer = await this.deps.changes.change(ref, update, message);
    await conclude(this.deps.sql, answer, { workflow: workflowId(entity.kind, entity.subject), now });
  }

  /** Without asking, if the request has found the customer, and no test clock holds it: a customer keeps the clock that it was created on. */
  private async timeOf(customer: string): ReturnType<typeof customerTime> {
    const known = this.found.find('customer', customer);
    if (known?.testClock === null) return { now: null, advancing: false, testClock: null };
    return customerTime(this.deps.sql, this.scope, customer);
  }

  // Lock key for objects without a customer: one per object, so only writes to the same object serialize.
  private causeWorkflow(subject: string = this.id): string {
    return `api/${subject}`;
  }
}

/** Stripe's error for an id that does not exist, or belongs to another account. */
export function missing(kind: RowKind, id: string, param = 'id'): never {
  throw new BillingError('resource_missing', `No such ${NAMES[kind]}: '${id}'`, { param });
}

/** The row, which must exist and not be deleted. `named`: the parameter, and the API's id if that is not the key. */
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

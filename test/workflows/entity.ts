import { randomBytes } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { Answer } from '../../activities/answers';
import type { StepResult } from '../../activities/commit';
import type { StepFailure } from '../../domain/rows/held';
import type { PendingCall } from '../../domain/core/entity-state';
import { commitActivity, workflowId, type AgendaItem, type EntityRef, type WorkflowKind } from '../../domain/rows/workflow';
import { releaseEntities, wakeEntities } from '../../temporal/entities';
import {
  advanceUpdate,
  capturePaymentUpdate,
  cancelRefundUpdate,
  payInvoiceUpdate,
  SEARCH_ATTRIBUTES,
  updateDisputeUpdate,
  updateScheduleUpdate,
  updateSubscriptionUpdate,
  type AdvanceAnswer,
  type ChangeAnswer,
  type ChangeUpdate,
} from '../../workflows/contract';
import type { AgendaStep } from '../../domain/rows/lifecycle';
import type { Call, Environment, Script } from './environment';

/** For each kind: an automatic step, and an update that it accepts; some kinds accept none. */
const KINDS = {
  subscription: { due: 'renewSubscription', update: updateSubscriptionUpdate },
  schedule: { due: 'startSchedule', update: updateScheduleUpdate },
  quote: { due: 'expireQuote', update: null },
  invoice: { due: 'finalizeDraft', update: payInvoiceUpdate },
  dunning: { due: 'retryPayment', update: payInvoiceUpdate },
  payment: { due: 'expireAuthorization', update: capturePaymentUpdate },
  refund: { due: 'settleRefund', update: cancelRefundUpdate },
  dispute: { due: 'decideDispute', update: updateDisputeUpdate },
  checkout: { due: 'expireSession', update: null },
  usage: { due: 'triggerAlert', update: null },
  'tax-id': { due: 'checkTaxIdAgain', update: null },
  support: { due: 'missAnswer', update: null },
  review: { due: 'missReview', update: null },
  'customer-request': { due: 'missRequest', update: null },
  approval: { due: 'missApproval', update: null },
  card: { due: 'warnOfExpiry', update: null },
} satisfies Record<WorkflowKind, { due: AgendaStep; update: ChangeUpdate | null }>;

export const takesChanges = (kind: WorkflowKind): boolean => KINDS[kind].update !== null;

export const answered = <T>(value: T): Answer<T> => ({ outcome: 'answered', value });
export const unavailable: Answer<never> = { outcome: 'unavailable', reason: 'CONNECT_TIMEOUT' };
export const MISTAKE: StepFailure = { reason: 'failed', name: 'TypeError', message: 'no such price', where: 'domain/rows/price.ts:1' };
export const failed: Answer<never> = { outcome: 'failed', failure: MISTAKE };
export const refused = { code: 'payment_attempt_in_progress', message: 'another payment is on its way', details: {} } as const;

const seconds = (): number => Math.floor(Date.now() / 1000);

/** One entity and its rows, as far as its workflow sees them: what activities answer is derived from these. */
export class ScriptedEntity {
  readonly id: string;
  readonly entity: EntityRef;
  readonly dueStep: AgendaStep;
  agenda: AgendaItem[];
  pendingCall: PendingCall | null = null;
  ended = false;
  private version = 0;
  private readonly committed = new Set<string>();

  constructor(
    private readonly environment: Environment,
    readonly kind: WorkflowKind,
  ) {
    const subject = `${kind}_${randomBytes(5).toString('hex')}`;
    this.entity = { kind, subject, account: 'acct_1', livemode: false, customer: 'cus_1', testClock: null };
    this.id = workflowId(kind, subject);
    this.dueStep = KINDS[kind].due;
    this.agenda = [{ step: this.dueStep, at: seconds() - 1, key: `${this.dueStep}/x` }];
  }

  /** Plays this entity: what is given goes before a look that tells the rows, changes that succeed, and holds that are written. */
  async begin(script: Script = {}): Promise<void> {
    const { update } = this;
    this.environment.play(this.id, {
      [commitActivity('refresh')]: () => this.stands(),
      [this.due]: (call) => this.done(call),
      ...(update === null ? {} : { [update]: (call: Call) => this.commits(call) }),
      calculateTax: () => answered([]),
      hold: () => answered(null),
      endHold: () => answered(null),
      ...script,
    });
    await this.wake();
  }

  /** The activity of what is due. */
  get due(): string {
    return commitActivity(this.dueStep);
  }

  stands(of: Partial<StepResult> = {}): Answer<StepResult> {
    const { agenda, pendingCall, ended, version } = this;
    return answered({ refusal: null, status: 'active', pendingCall, agenda, ended, fresh: false, version, outcome: null, woke: [], ...of });
  }

  /** A commit, once per commit key. */
  commits({ input }: Call, of: Partial<StepResult> = {}): Answer<StepResult> {
    const commitKey = input['commitKey'] as string;
    const fresh = !this.committed.has(commitKey);
    this.committed.add(commitKey);
    this.version += fresh ? 1 : 0;
    return this.stands({ fresh, ...of });
  }

  /** What was due is done, and due no more. */
  done(call: Call): Answer<StepResult> {
    this.agenda = [];
    return this.commits(call);
  }

  has(commitKey: string): boolean {
    return this.committed.has(commitKey);
  }

  get count(): number {
    return this.committed.size;
  }

  calls(activity: string): Call[] {
    return this.environment.calls(this.id, activity);
  }

  wake(): Promise<void> {
    return wakeEntities(this.environment.client, this.environment.taskQueue, [this.entity], seconds());
  }

  release(): Promise<void> {
    return releaseEntities(this.environment.client, this.environment.taskQueue, [this.entity], seconds());
  }

  /** A caller's change. */
  async change(commitKey = `req_${randomBytes(5).toString('hex')}`): Promise<ChangeAnswer> {
    const { update } = KINDS[this.kind];
    if (update === null) throw new Error(`${this.kind} takes no changes`);
    return this.environment.changes.change(this.entity, update, { commitKey, now: seconds() });
  }

  /** The activity of a caller's change; null where it takes none. */
  get update(): string | null {
    const { update } = KINDS[this.kind];
    return update === null ? null : commitActivity(update.name);
  }

  get takesChanges(): boolean {
    return this.update !== null;
  }

  /** A message that every kind takes. */
  advance(): Promise<AdvanceAnswer> {
    return this.handle.executeUpdate(advanceUpdate, { args: [{ now: seconds() }] });
  }

  get handle(): WorkflowHandle {
    return this.environment.client.workflow.getHandle(this.id);
  }

  /** Whether it still runs, and its search attribute while it is held. */
  async isFoundAs(): Promise<{ status: string; held: string | null }> {
    const { status, typedSearchAttributes } = await this.handle.describe();
    return { status: status.name, held: typedSearchAttributes.get(SEARCH_ATTRIBUTES.held) ?? null };
  }
}

import { cancellationSignal, heartbeat } from '@temporalio/activity';
import {
  cancelDeliveries,
  dueLanes,
  eventOfDelivery,
  findEndpoint,
  holdBack,
  nextDueInMs,
  pendingInLane,
  recordAttempt,
} from '../db/deliveries';
import type { WebhookEndpoint } from '../domain/event';
import { nextAttemptAfter, nextInLane, signingSecrets, type PendingDelivery } from '../domain/webhooks';
import { toStripeEvent } from '../objects/event';
import { send } from '../webhooks/send';
import { signatureHeader } from '../webhooks/signature';
import { WebhookTargets } from '../webhooks/target';
import type { ActivityDependencies } from './dependencies';

export type WebhookDependencies = Pick<ActivityDependencies, 'sql' | 'webhookAllowedHosts'>;

export interface DeliverDueResult {
  status: 'enabled' | 'disabled' | 'deleted';
  /** When something is due; null when nothing is pending. */
  nextInMs: number | null;
}

/** Order keys (subscriptions, mostly) that one endpoint's events are delivered of side by side. */
const LANES = 8;
/** Then the activity answers, so that no endpoint keeps its slot for ever and the workflow stays legible. */
const BUDGET_MS = 20_000;
const HEARTBEAT_MS = 4_000;
const LOOK_AGAIN_MS = 250;

export function createWebhookActivities(deps: WebhookDependencies) {
  const targets = new WebhookTargets(deps.webhookAllowedHosts);
  return {
    /** Delivers what is due for one endpoint, in order per order key. Killed, it goes on from the rows: events come at least once. */
    deliverDue: async ({ endpoint }: { endpoint: string }): Promise<DeliverDueResult> => {
      const row = await findEndpoint(deps.sql, endpoint);
      if (!row || row.deleted || row.status === 'disabled') return cancel(deps, endpoint, row);
      await new DeliveryRun(deps, targets, row).run();
      return { status: 'enabled', nextInMs: await nextDueInMs(deps.sql, endpoint) };
    },
  };
}

async function cancel({ sql }: WebhookDependencies, endpoint: string, row: WebhookEndpoint | null): Promise<DeliverDueResult> {
  const deleted = row?.deleted ?? true;
  await cancelDeliveries(sql, endpoint, deleted ? 'all' : 'due');
  return { status: deleted ? 'deleted' : 'disabled', nextInMs: deleted ? null : await nextDueInMs(sql, endpoint) };
}

class DeliveryRun {
  private readonly endsAt = Date.now() + BUDGET_MS;
  private readonly atWork = new Set<string>();
  private readonly stopped = cancellationSignal();

  constructor(
    private readonly deps: WebhookDependencies,
    private readonly targets: WebhookTargets,
    private readonly endpoint: WebhookEndpoint,
  ) {}

  async run(): Promise<void> {
    const beat = setInterval(heartbeat, HEARTBEAT_MS);
    try {
      await Promise.all(Array.from({ length: LANES }, () => this.work()));
    } finally {
      clearInterval(beat);
    }
    this.stopped.throwIfAborted();
  }

  /** Takes one order key after another. While others are at work there may be more to do soon. */
  private async work(): Promise<void> {
    while (!this.isOver()) {
      const lane = await this.takeLane();
      if (lane !== null) await this.deliverLane(lane).finally(() => this.atWork.delete(lane));
      else if (this.atWork.size > 0) await pause(LOOK_AGAIN_MS);
      else return;
    }
  }

  private async takeLane(): Promise<string | null> {
    const due = await dueLanes(this.deps.sql, this.endpoint.id, [...this.atWork], LANES);
    const lane = due.find((each) => !this.atWork.has(each)) ?? null;
    if (lane !== null) this.atWork.add(lane);
    return lane;
  }

  private async deliverLane(lane: string): Promise<void> {
    const { sql } = this.deps;
    while (!this.isOver()) {
      const { pending, nowMs } = await pendingInLane(sql, this.endpoint.id, lane);
      const { deliver, lookAgainAt } = nextInLane(pending, nowMs);
      const delivery = pending.find((each) => each.id === deliver);
      if (!delivery) return lookAgainAt === null ? undefined : holdBack(sql, this.endpoint.id, lane, lookAgainAt);
      await this.attempt(delivery);
    }
  }

  private async attempt(delivery: PendingDelivery): Promise<void> {
    const found = await eventOfDelivery(this.deps.sql, delivery.id);
    if (!found) return;
    const startedAtMs = Date.now();
    const body = JSON.stringify(toStripeEvent(found.event, found.pendingWebhooks));
    const now = Math.floor(startedAtMs / 1000);
    const signature = signatureHeader(body, signingSecrets(this.endpoint.secrets, now), now);
    const url = new URL(this.endpoint.url);
    const outcome = await send(url, { body, signature, agent: await this.targets.agentFor(url), signal: this.stopped });
    // Stopped half way it is not known whether it arrived: it counts as not tried, and goes out again.
    if (this.stopped.aborted && outcome.error !== null) return;
    const number = delivery.attempts + 1;
    const nextAttemptAtMs =
      outcome.error === null ? null : nextAttemptAfter(number, delivery.firstAttemptAt ?? startedAtMs, startedAtMs + outcome.durationMs);
    await recordAttempt(this.deps.sql, { delivery: delivery.id, number, startedAtMs, nextAttemptAtMs, ...outcome });
  }

  private isOver(): boolean {
    return this.stopped.aborted || Date.now() >= this.endsAt;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

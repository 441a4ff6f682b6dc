import { cancellationSignal, heartbeat } from '@temporalio/activity';
import {
  cancelDeliveries,
  deliveryToMake,
  dueLanes,
  findEndpoint,
  holdBack,
  nextDueInMs,
  pendingInLane,
  recordAttempt,
  recordInvoiceDelivered,
  type DeliveryToMake,
} from '../db/webhooks/deliveries';
import { DEADLINES } from '../domain/core/deadlines';
import type { WebhookEndpoint } from '../domain/rows/event';
import { nextAttemptAfter, nextInLane, signingSecrets, type PendingDelivery } from '../domain/event/delivery-rules';
import { toDelivered } from '../objects/event';
import { send, type SendOutcome } from '../webhooks/send';
import { signatureHeader } from '../webhooks/signature';
import { WebhookTargets } from '../webhooks/target';
import type { ActivityDependencies } from './dependencies';

export type WebhookDependencies = Pick<ActivityDependencies, 'sql' | 'webhookAllowedHosts'>;

export interface DeliverDueResult {
  status: 'enabled' | 'disabled' | 'deleted';
  /** Milliseconds until a delivery is due; null if none is pending. */
  nextInMs: number | null;
}

/** Order keys (mostly subscriptions) of one endpoint that are delivered in parallel. */
const LANES = 8;
/** After this the activity answers, so that no endpoint keeps its slot forever and the history stays readable. */
const BUDGET_MS = DEADLINES.deliveryTurn;
const HEARTBEAT_MS = DEADLINES.deliveryBeat;
const LOOK_AGAIN_MS = 250;
/** How long it waits for more after a delivery: longer than the pause between two hints, so that a steady flow is one activity. */
const LINGER_MS = 1_500;

export function createWebhookActivities(deps: WebhookDependencies) {
  const targets = new WebhookTargets(deps.webhookAllowedHosts);
  return {
    /**
     * Delivers what is due for one endpoint, in order per order key. After a kill it resumes from the rows: events arrive at least once.
     */
    deliverDue: async ({ endpoint }: { endpoint: string }): Promise<DeliverDueResult> => {
      const row = await findEndpoint(deps.sql, endpoint);
      if (!row || row.deleted || row.status === 'disabled') return cancel(deps, endpoint, row);
      await new DeliveryRun(deps, targets, endpoint).run();
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
  private isOutdated = false;
  private deliveredAt = 0;

  constructor(
    private readonly deps: WebhookDependencies,
    private readonly targets: WebhookTargets,
    private readonly endpoint: string,
  ) {}

  async run(): Promise<void> {
    const beat = setInterval(heartbeat, HEARTBEAT_MS);
    try {
      do {
        await Promise.all(Array.from({ length: LANES }, () => this.work()));
      } while (await this.linger());
    } finally {
      clearInterval(beat);
    }
    this.stopped.throwIfAborted();
  }

  /** Processes one order key after another. While others are being processed, more may become due soon. */
  private async work(): Promise<void> {
    while (!this.isOver()) {
      const lane = await this.takeLane();
      if (lane !== null) await this.deliverLane(lane).finally(() => this.atWork.delete(lane));
      else if (this.atWork.size > 0) await pause(LOOK_AGAIN_MS);
      else return;
    }
  }

  /** True if a delivery is due again soon after the latest one. */
  private async linger(): Promise<boolean> {
    while (!this.isOver() && Date.now() < this.deliveredAt + LINGER_MS) {
      await pause(LOOK_AGAIN_MS);
      if ((await dueLanes(this.deps.sql, this.endpoint, [], 1)).length > 0) return true;
    }
    return false;
  }

  private async takeLane(): Promise<string | null> {
    const due = await dueLanes(this.deps.sql, this.endpoint, [...this.atWork], LANES);
    const lane = due.find((each) => !this.atWork.has(each)) ?? null;
    if (lane !== null) this.atWork.add(lane);
    return lane;
  }

  private async deliverLane(lane: string): Promise<void> {
    const { sql } = this.deps;
    while (!this.isOver()) {
      const { pending, nowMs } = await pendingInLane(sql, this.endpoint, lane);
      const { deliver, lookAgainAt } = nextInLane(pending, nowMs);
      const delivery = pending.find((each) => each.id === deliver);
      if (!delivery) return lookAgainAt === null ? undefined : holdBack(sql, this.endpoint, lane, lookAgainAt);
      await this.attempt(delivery);
    }
  }

  private async attempt(delivery: PendingDelivery): Promise<void> {
    // Read again each time, so that a rolled secret or a changed URL counts at once.
    const found = await deliveryToMake(this.deps.sql, delivery.id);
    if (!found) {
      this.isOutdated = true;
      return;
    }
    const startedAtMs = Date.now();
    const outcome = await this.post(found, Math.floor(startedAtMs / 1000));
    // If the attempt was stopped half way, it is unknown whether it arrived. It counts as not tried, and is sent again.
    if (this.stopped.aborted && outcome.error !== null) return;
    const number = delivery.attempts + 1;
    const endedAtMs = startedAtMs + outcome.durationMs;
    const nextAttemptAtMs = outcome.error === null ? null : nextAttemptAfter(number, delivery.firstAttemptAt ?? startedAtMs, endedAtMs);
    if (outcome.error === null) this.deliveredAt = endedAtMs;
    const record = { delivery: delivery.id, number, startedAtMs, nextAttemptAtMs, ...outcome };
    const tellsInvoice = outcome.error === null && found.event.type === 'invoice.created';
    await (tellsInvoice ? recordInvoiceDelivered(this.deps.sql, record, found.event) : recordAttempt(this.deps.sql, record));
  }

  private async post({ event, pendingWebhooks, endpoint }: DeliveryToMake, now: number): Promise<SendOutcome> {
    const body = JSON.stringify(toDelivered(event, pendingWebhooks, endpoint.apiVersion));
    const signature = signatureHeader(body, signingSecrets(endpoint.secrets, now), now);
    const url = new URL(endpoint.url);
    return send(url, { body, signature, agent: await this.targets.agentFor(url), signal: this.stopped });
  }

  private isOver(): boolean {
    return this.stopped.aborted || this.isOutdated || Date.now() >= this.endsAt;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

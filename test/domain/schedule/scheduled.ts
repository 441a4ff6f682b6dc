import type { Refusal } from '../../../domain/core/errors';
import type { SubscriptionSchedule } from '../../../domain/rows/subscription-schedule';
import { World } from '../subscription/world';

/** A world whose customer has a card, and one schedule. */
export class Scheduled extends World {
  constructor(start: string) {
    super(start);
    this.card('visa');
  }

  /** A schedule that starts now; answers its subscription. */
  begin(parameters: Record<string, unknown>): string {
    this.must('subscription', 'sub_1', 'createSchedule', { customer: 'cus_1', ...parameters });
    return 'sub_1';
  }

  /** One that waits for its start in a workflow of its own. */
  plan(parameters: Record<string, unknown>): Refusal | null {
    return this.ask('schedule', 'sub_sched_later', 'createSchedule', { customer: 'cus_1', ...parameters });
  }

  /** Puts a subscription that is there under a schedule. */
  adopt(subscription: string): Refusal | null {
    return this.ask('subscription', subscription, 'createScheduleFromSubscription', { from_subscription: subscription });
  }

  /** Sends a schedule's change to the workflow that runs it. */
  on(step: 'updateSchedule' | 'cancelSchedule' | 'releaseSchedule', parameters: Record<string, unknown> = {}): Refusal | null {
    const { id, status, subscription } = this.schedule();
    const params = { path: { schedule: id }, ...parameters };
    if (status === 'not_started' || subscription === null) return this.ask('schedule', id, step, params);
    return this.ask('subscription', subscription, step, params);
  }

  schedule(): SubscriptionSchedule {
    const schedule = this.rows.all('subscriptionSchedule').at(-1);
    if (!schedule) throw new Error('there is no schedule');
    return schedule;
  }

  /** The reason and the total of each invoice. */
  bills(): [string, number][] {
    return this.invoices().map(({ billingReason, total }) => [billingReason, total]);
  }

  /** The amounts of an invoice's lines, or of all of them. */
  amounts(invoice?: string): number[] {
    const ids = invoice === undefined ? this.invoices().map(({ id }) => id) : [invoice];
    return ids.flatMap((id) => this.lines(id).map(({ amount }) => amount));
  }
}

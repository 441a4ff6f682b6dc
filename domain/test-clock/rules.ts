/**
 * How a test clock moves: forward only, as far as one likes, and at each instant over everything that is due, in an order that
 * gives the same story every time: customers apart from each other, one customer's workflows by kind and id.
 */
import { BillingError } from '../core/errors';
import { CALL_ACTIVITIES } from '../core/entity-state';
import type { TestClock } from '../rows/test-clock';
import { WORKFLOW_KINDS, type WorkflowKind } from '../rows/workflow';

const DAY = 86_400;
/** How long a clock is kept, in real time, as on Stripe. */
export const KEPT_SECONDS = 30 * DAY;
/** How long the scheduler works before it looks whether anything has moved, in real time. */
export const LOOK_SECONDS = 20;
/** An advance in which for five minutes nothing has moved, and nobody has waited for a processor, is given up; a further one goes on. */
export const STANDSTILLS_MAX = 15;
/** A workflow that is due so often at one instant, always for the same step and not for a processor's, is going in circles. */
export const SAME_STEP_MAX = 50;

/** How long a workflow that has answered, and still has the same to do, is left alone before it is asked again. Milliseconds. */
export const pauseBefore = (timesAsked: number): number => Math.min(25 * 2 ** timesAsked, 250);

/** Whether what a workflow has to do is a processor's to answer, which may take as long as it takes. */
export function isOutside({ nextStep }: { nextStep: string | null }): boolean {
  return nextStep !== null && (CALL_ACTIVITIES as readonly string[]).includes(nextStep);
}

/** Refuses an advance that goes back or nowhere, and one while another is under way. Where one had failed, it goes on. */
export function assertCanAdvance(clock: TestClock, to: number): void {
  assertNotAdvancing(clock);
  const isBehind = clock.status === 'internal_failure' ? to < clock.frozenTime : to <= clock.frozenTime;
  if (isBehind) {
    throw new BillingError(
      'test_clock_backwards',
      `frozen_time must be after the test clock's current frozen time: ${String(to)} is not after ${String(clock.frozenTime)}.`,
      { param: 'frozen_time' },
    );
  }
}

function assertNotAdvancing(clock: TestClock): void {
  if (clock.status !== 'advancing') return;
  const target = String(clock.targetTime);
  throw new BillingError('test_clock_not_ready', `The test clock is still advancing to ${target}. Wait until its status is ready.`);
}

export interface ClockMember {
  id: string;
  kind: WorkflowKind;
  customer: string | null;
}

/** Who is stepped side by side, and within that one after another. */
export function lanesOf<Member extends ClockMember>(due: Member[]): Member[][] {
  const lanes = new Map<string, Member[]>();
  for (const member of due) {
    const lane = member.customer ?? member.id;
    lanes.set(lane, [...(lanes.get(lane) ?? []), member]);
  }
  return [...lanes.values()].map((lane) => lane.sort(byKindThenId));
}

function byKindThenId(a: ClockMember, b: ClockMember): number {
  const byKind = WORKFLOW_KINDS.indexOf(a.kind) - WORKFLOW_KINDS.indexOf(b.kind);
  return byKind !== 0 ? byKind : a.id < b.id ? -1 : 1;
}

/**
 * How a test clock advances: only forward, by any distance. At each instant it does everything due, in an order that gives the same result
 * every time: customers independently, one customer's workflows by kind and id.
 */
import { BillingError } from '../core/errors';
import { CALL_ACTIVITIES } from '../core/entity-state';
import type { TestClock } from '../rows/test-clock';
import { WORKFLOW_KINDS, type WorkflowKind } from '../rows/workflow';

const DAY = 86_400;
/** How long a clock is kept, in seconds of real time, as on Stripe. */
export const KEPT_SECONDS = 30 * DAY;
/** How long the scheduler works before it checks for progress, in seconds of real time. */
export const LOOK_SECONDS = 20;
/**
 * The advance fails after this many checks (five minutes) without progress and without a wait for a processor. Another advance continues.
 */
export const STANDSTILLS_MAX = 15;
/**
 * If a workflow is due this often at one instant for the same step, and not for a processor's answer, it repeats itself without progress.
 */
export const SAME_STEP_MAX = 50;

/** How long the scheduler waits before it steps a workflow again that has answered and has the same work left. Milliseconds. */
export const pauseBefore = (timesAsked: number): number => Math.min(25 * 2 ** timesAsked, 250);

/** Whether a workflow waits for a processor's answer, which has no time limit. */
export function isOutside({ nextStep }: { nextStep: string | null }): boolean {
  return nextStep !== null && (CALL_ACTIVITIES as readonly string[]).includes(nextStep);
}

/** Refuses an advance that does not go forward, and one while another is running. A failed advance may be continued. */
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

/** The due members as lanes: lanes run in parallel, the members of one lane one after another. */
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

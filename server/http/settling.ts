import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../../db/connect';
import { haveSettled } from '../../db/settling';
import { DEADLINES } from '../../domain/core/deadlines';
import { errorOf } from '../../domain/core/errors';
import { StepFailedError } from '../../domain/rows/held';
import type { ChangeAnswer } from '../../workflows/contract';

const FIRST_LOOK_MS = 5;
const LOOK_EVERY_MS = 80;

/**
 * What a change through a workflow comes to for its caller, when all that it caused is true.
 *
 * @throws BillingError where it was refused, StepFailedError where a mistake of ours kept it from being made
 */
export async function conclude(sql: Sql, { refusal, failure, woke }: ChangeAnswer, of: { workflow: string; now: number }): Promise<void> {
  await untilSettled(sql, woke, of.now);
  if (refusal) throw errorOf(refusal);
  if (failure) throw new StepFailedError(of.workflow, failure);
}

/**
 * Waits until the workflows that a change has woken have made of it what they will, so that what a call caused is true when it
 * answers: a subscription is `active` when `invoices.pay` says `paid`. Bounded by DEADLINES.settling: what takes longer (a processor
 * that does not answer) is not waited for, and comes all the same.
 *
 * @param now epoch seconds; the time of the customer's test clock
 */
export async function untilSettled(sql: Sql, workflows: string[], now: number): Promise<void> {
  if (workflows.length === 0) return;
  const deadline = performance.now() + DEADLINES.settling;
  for (let pause = FIRST_LOOK_MS; performance.now() < deadline; pause = Math.min(pause * 2, LOOK_EVERY_MS)) {
    await sleep(pause);
    if (await haveSettled(sql, workflows, now)) return;
  }
}

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
 * Waits for the effects of a change that ran in a workflow, and throws its refusal or failure.
 *
 * @throws BillingError if it was refused, StepFailedError if a bug in Dunlin prevented it
 */
export async function conclude(sql: Sql, { refusal, failure, woke }: ChangeAnswer, of: { workflow: string; now: number }): Promise<void> {
  await untilSettled(sql, woke, of.now);
  if (refusal) throw errorOf(refusal);
  if (failure) throw new StepFailedError(of.workflow, failure);
}

/**
 * Waits until the workflows that a change has woken have done what is due. So the caller sees the effects in other entities at once: a
 * subscription is `active` when `invoices.pay` answers `paid`. It waits at most DEADLINES.settling; longer work (a processor that does not
 * answer) continues without the caller.
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

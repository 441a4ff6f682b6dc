import { sleep } from '@temporalio/workflow';
import type { CommitResult, CommitStepInput, StepResult } from '../activities/commit';
import type { HoldRequest } from '../domain/rows/held';
import type { TaxAnswer, TaxQuestion } from '../domain/rows/tax-calculation';
import { commitActivity, workflowId, type EntityRef } from '../domain/rows/workflow';
import type { EntityInput } from './contract';
import { answered, type FinalAnswer } from './local';
import { calculateTax } from './taxes';

export type { StepResult };

export interface Step extends Omit<CommitStepInput, 'entity' | 'taxes'> {
  /** What the Temporal UI shows of it; from before it is done. */
  summary: string;
}

/** Derives the entity's state from its rows; writes nothing but its own row. */
export const REFRESH = 'refresh';

/** If the draft is another each time (its usage is still arriving), so many calculations are in vain before the step fails. */
const TAX_TRIES = 3;
/** Real time before the second and later calculations, in which usage arrives. */
const TAX_PAUSE_MS = 1000;

/**
 * One step of this entity, as one transaction. It answers in every case; while Postgres is away, it answers when Postgres is back. If the
 * step finalizes a taxed invoice, `calculateTax` runs before the transaction that writes.
 */
export async function commit(input: EntityInput, step: Step): Promise<FinalAnswer<StepResult>> {
  const taxes: TaxAnswer[] = [];
  for (let tries = 0; ; tries += 1) {
    const tried = await tryCommit(input, step, taxes);
    if (tried.outcome === 'failed') return tried;
    const { value } = tried;
    if (!('needsTax' in value)) return { outcome: 'answered', value };
    if (tries === TAX_TRIES) return neverTheSame(value.needsTax);
    if (tries > 0) await sleep(TAX_PAUSE_MS);
    const taxed = await calculateTax(value.needsTax);
    if (taxed.outcome === 'failed') return taxed;
    taxes.push(...taxed.value);
  }
}

function tryCommit(input: EntityInput, { summary, ...step }: Step, taxes: TaxAnswer[]): Promise<FinalAnswer<CommitResult>> {
  const taxed = taxes.length > 0 ? { taxes } : {};
  return answered<CommitResult>(commitActivity(step.step), { ...step, ...taxed, entity: entityOf(input) }, summary);
}

function neverTheSame(questions: TaxQuestion[]): FinalAnswer<never> {
  const message = `${String(TAX_TRIES)} times ${questions.map(({ invoice }) => invoice).join(', ')} changed while its tax was calculated`;
  return { outcome: 'failed', failure: { reason: 'repeating', name: 'RepeatingTax', message, where: null } };
}

/** Records that the entity is held. */
export async function writeHold(input: EntityInput, hold: Omit<HoldRequest, 'entity'>): Promise<void> {
  await answered<null>('hold', { ...hold, entity: entityOf(input) }, `${hold.step}: ${hold.failure.reason}`);
}

/** Removes the hold, because nothing is left to do that could fail. */
export async function eraseHold(input: EntityInput): Promise<void> {
  await answered<null>('endHold', { workflow: workflowId(input.kind, input.subject) }, 'nothing is due');
}

function entityOf({ kind, subject, account, livemode, customer, testClock }: EntityInput): EntityRef {
  return { kind, subject, account, livemode, customer, testClock };
}

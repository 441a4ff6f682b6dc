import type { EntityInput } from './contract';
import { runEntity } from './entity';

/** One chargeback: evidence, its deadline, submission, outcome, and what it does to the subscription. Ends with the outcome. */
export async function disputeWorkflow(input: EntityInput): Promise<void> {
  await runEntity(input);
}

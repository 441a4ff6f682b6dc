import type { EntityInput } from './contract';
import { runEntity } from './entity';

/** The watch over one customer's usage for its alerts. Ends where none can be triggered any more. */
export async function usageWorkflow(input: EntityInput): Promise<void> {
  await runEntity(input);
}

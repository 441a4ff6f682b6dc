import type { EntityInput } from './contract';
import { runEntity } from './entity';

/** One quote that is for a customer: waits for its expiry, and ends with that, with its cancellation or when it is accepted. */
export async function quoteWorkflow(input: EntityInput): Promise<void> {
  await runEntity(input);
}

import type { EntityInput } from './contract';
import { runEntity } from './entity';

/** One refund: sent, pending, settled. Ends when it has succeeded for good, failed or been canceled. */
export async function refundWorkflow(input: EntityInput): Promise<void> {
  await runEntity(input);
}

import type { EntityInput } from './contract';
import { runEntity } from './entity';

/**
 * Recovers one unpaid invoice by the policy pinned when its first attempt failed; calls on that invoice come here. Ends when it
 * is paid, voided or written off, when its retries are exhausted, or when its subscription is canceled.
 */
export async function dunningWorkflow(input: EntityInput): Promise<void> {
  await runEntity(input);
}

import type { EntityInput } from './contract';
import { runEntity } from './entity';

/**
 * A payment or setup intent that waits for someone (confirmation, 3-D Secure, the capture window) or for the answer of a
 * processor that was lost. Ends when the intent has succeeded, failed or been canceled.
 */
export async function paymentWorkflow(input: EntityInput): Promise<void> {
  await runEntity(input);
}

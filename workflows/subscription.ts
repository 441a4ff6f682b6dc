import type { EntityInput } from './contract';
import { runEntity } from './entity';

/**
 * The single writer of one subscription, status included, and of its invoices up to their first charge: incomplete, trial,
 * renewal, change, pause, cancellation. Ends when it is canceled or incomplete_expired.
 */
export async function subscriptionWorkflow(input: EntityInput): Promise<void> {
  await runEntity(input);
}

import type { EntityInput } from './contract';
import { runEntity } from './entity';

/**
 * An invoice that no other workflow has, for want of a subscription or because that one has ended: the draft's hour,
 * finalization, collection, due date. Ends when it is paid, void or uncollectible.
 */
export async function invoiceWorkflow(input: EntityInput): Promise<void> {
  await runEntity(input);
}

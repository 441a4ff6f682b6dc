import type { EntityInput } from './contract';
import { runEntity } from './entity';

/** One subscription schedule before its start: waits for it, and ends with it, for then the subscription's workflow carries it out. */
export async function scheduleWorkflow(input: EntityInput): Promise<void> {
  await runEntity(input);
}

import { sleep } from '@temporalio/workflow';
import { activities } from './contract';

/** The same change without a patch: what must not be released. */
export async function renewalWorkflow(subscription: string): Promise<void> {
  await sleep(10);
  await activities.renew(subscription, await activities.calculateTax(subscription));
}

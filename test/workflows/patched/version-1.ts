import { sleep } from '@temporalio/workflow';
import { activities } from './contract';

/** As it was released. */
export async function renewalWorkflow(subscription: string): Promise<void> {
  await sleep(10);
  await activities.renew(subscription, 0);
}

import { deprecatePatch, sleep } from '@temporalio/workflow';
import { activities } from './contract';

/** The old branch is gone: runs of version 2 continue, and there must be none of version 1. */
export async function renewalWorkflow(subscription: string): Promise<void> {
  await sleep(10);
  deprecatePatch('tax-before-renewal');
  await activities.renew(subscription, await activities.calculateTax(subscription));
}

import { patched, sleep } from '@temporalio/workflow';
import { activities } from './contract';

/** Asks for tax before it renews; who has renewed without goes on as it was. The old way may go when no run of version 1 is left. */
export async function renewalWorkflow(subscription: string): Promise<void> {
  await sleep(10);
  const tax = patched('tax-before-renewal') ? await activities.calculateTax(subscription) : 0;
  await activities.renew(subscription, tax);
}

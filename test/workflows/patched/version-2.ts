import { patched, sleep } from '@temporalio/workflow';
import { activities } from './contract';

/**
 * Calculates tax before it renews. A run that has renewed without it continues as it was. The old branch may be removed when no run of
 * version 1 is left.
 */
export async function renewalWorkflow(subscription: string): Promise<void> {
  await sleep(10);
  const tax = patched('tax-before-renewal') ? await activities.calculateTax(subscription) : 0;
  await activities.renew(subscription, tax);
}

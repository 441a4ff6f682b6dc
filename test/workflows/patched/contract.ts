import { proxyActivities } from '@temporalio/workflow';

/** What a renewal of this example asks for. */
export interface RenewalActivities {
  calculateTax(subscription: string): Promise<number>;
  renew(subscription: string, tax: number): Promise<void>;
}

export const activities = proxyActivities<RenewalActivities>({ startToCloseTimeout: '10 seconds' });

import { CancellationScope, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { IMPORT } from './activity-options';
import type { CutoverInput } from './contract';

const steps = proxyActivities<Pick<Activities, 'freeSource' | 'freezeSource' | 'takeOver'>>(IMPORT);

/**
 * Changes who bills a customer: freezes the other system, takes what it shows then, and lets Dunlin bill; or frees the other system again. Each step is
 * repeated until it is done, so that the change comes to one of its two ends. A cancellation from outside does not end it.
 */
export async function cutoverWorkflow(input: CutoverInput): Promise<void> {
  await CancellationScope.nonCancellable(() => (input.direction === 'here' ? cutOver(input) : free(input)));
}

async function cutOver(input: CutoverInput): Promise<void> {
  const frozen = await steps.freezeSource.executeWithOptions({ ...IMPORT, summary: 'freeze the other system' }, [input]);
  const { status } =
    frozen.status === 'returning'
      ? frozen
      : await steps.takeOver.executeWithOptions({ ...IMPORT, summary: 'take over, if nothing became due' }, [input]);
  if (status === 'returning') await free(input);
  setCurrentDetails(status === 'done' ? '**dunlin** bills the customer' : 'the other system bills the customer');
}

async function free(input: CutoverInput): Promise<void> {
  await steps.freeSource.executeWithOptions({ ...IMPORT, summary: 'free the other system' }, [input]);
  setCurrentDetails('the other system bills the customer');
}

/** Loaded before a worker: planning the renewal of one subscription never comes back, as by a mistake of ours. */
import { subscriptionSteps } from '../../domain/steps/subscription';

const { renewSubscription } = subscriptionSteps;
if (!renewSubscription) throw new Error('there is no step renewSubscription');
const { plan } = renewSubscription;
renewSubscription.plan = (changes, input) => {
  if (input.subject !== process.env['DUNLIN_TEST_ENDLESS']) {
    plan(changes, input);
    return;
  }
  for (;;);
};

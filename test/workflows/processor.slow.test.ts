import { CHARGING, chargeHangs, testProcessorFailures } from './processor';

testProcessorFailures(CHARGING, {
  'subscription: a charge that hangs is given up after half a minute, and asked again under the same key': chargeHangs,
});

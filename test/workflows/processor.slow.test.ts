import { CHARGING, testProcessorFailures } from './processor';

testProcessorFailures(CHARGING);

import { testFailures } from './failures';

testFailures(['subscription', 'invoice', 'usage']);

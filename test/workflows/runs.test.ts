import { testRuns } from './runs';

testRuns(['subscription', 'usage']);

import { testProcessorFailures } from './processor';

testProcessorFailures(['subscription']);

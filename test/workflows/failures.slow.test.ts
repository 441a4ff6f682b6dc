import { WORKFLOW_KINDS } from '../../domain/rows/workflow';
import { testFailures } from './failures';

testFailures(WORKFLOW_KINDS);

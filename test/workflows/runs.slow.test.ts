import { WORKFLOW_KINDS } from '../../domain/rows/workflow';
import { testRuns } from './runs';

testRuns(WORKFLOW_KINDS);

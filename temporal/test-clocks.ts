import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { advanceSignal, SEARCH_ATTRIBUTES, TEST_CLOCK_WORKFLOW, testClockWorkflowId, type TestClockInput } from '../workflows/contract';

/** Wakes a test clock's workflow to read its row, and starts it if it does not run. */
export async function wakeTestClock(client: Client, taskQueue: string, input: TestClockInput): Promise<void> {
  await client.workflow.signalWithStart(TEST_CLOCK_WORKFLOW, {
    taskQueue,
    workflowId: testClockWorkflowId(input.clock),
    args: [input],
    signal: advanceSignal,
    signalArgs: [],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.account, value: input.account },
      { key: SEARCH_ATTRIBUTES.testClock, value: input.clock },
      { key: SEARCH_ATTRIBUTES.status, value: 'ready' },
    ]),
    staticSummary: `test clock ${input.clock}`,
    staticDetails: `moves time over every workflow on it, account \`${input.account}\``,
  });
}

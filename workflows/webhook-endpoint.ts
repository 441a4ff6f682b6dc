import {
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { DeliverDueResult } from '../activities/webhooks';
import { DEADLINES } from '../domain/core/deadlines';
import { deliverSignal, SEARCH_ATTRIBUTES, webhooksTaskQueue, type WebhookEndpointInput } from './contract';

const RUNS_PER_HISTORY = 100;
/** Retries that come due shortly after one another are made together. */
const TOGETHER_MS = 1_000;

/** Assumes that failures are ours (Postgres, a worker that died). A failing receiver is an answer, and retried by its schedule. */
const DELIVERY = {
  startToCloseTimeout: DEADLINES.deliveryTurnLimit,
  heartbeatTimeout: DEADLINES.deliverySilence,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
} as const;

/**
 * Delivers one endpoint's events: what is due now, then what becomes due, or what a signal announces. Real time, even for events of test
 * clocks. Ends when the endpoint is deleted, and not by a cancellation from outside.
 */
export async function webhookEndpointWorkflow(input: WebhookEndpointInput): Promise<void> {
  await CancellationScope.nonCancellable(() => deliver(input));
}

async function deliver(input: WebhookEndpointInput): Promise<void> {
  const { deliverDue } = proxyActivities<Pick<Activities, 'deliverDue'>>({
    ...DELIVERY,
    taskQueue: webhooksTaskQueue(workflowInfo().taskQueue),
    summary: 'deliver what is due',
  });
  let signaled = false;
  setHandler(deliverSignal, () => {
    signaled = true;
  });
  let status = workflowInfo().typedSearchAttributes.get(SEARCH_ATTRIBUTES.status);
  for (let runs = 0; runs < RUNS_PER_HISTORY && !workflowInfo().continueAsNewSuggested; runs += 1) {
    signaled = false;
    const result = await deliverDue({ endpoint: input.endpoint });
    if (result.status !== status) upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.status, value: result.status }]);
    status = result.status;
    setCurrentDetails(describe(result));
    if (result.status === 'deleted') return;
    await untilDue(result.nextInMs, () => signaled);
  }
  await continueAsNew<typeof webhookEndpointWorkflow>(input);
}

async function untilDue(nextInMs: number | null, isSignaled: () => boolean): Promise<void> {
  if (nextInMs === null) await condition(isSignaled);
  else if (nextInMs > 0) await condition(isSignaled, Math.max(nextInMs, TOGETHER_MS), { summary: 'next delivery' });
}

function describe({ status, nextInMs }: DeliverDueResult): string {
  const next = nextInMs === null ? 'everything is delivered' : `next delivery at ${new Date(Date.now() + nextInMs).toISOString()}`;
  return `**${status}**, ${next}`;
}

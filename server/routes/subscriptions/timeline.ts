import { doneSteps, plannedSteps, type DoneStep, type PlannedStep, type StepKey } from '../../../db/timeline';
import { plannedWords, sentence } from '../../../domain/agenda/words';
import { subscriptionTimeline as shape } from '../../../objects/shapes/subscription-timeline';
import { operation } from '../../http/operation';
import { id, integer, parameters } from '../../http/parameters';
import { missing } from '../../http/request';

const timelineParameters = parameters({
  limit: integer({ min: 1, max: 100 }).default(100),
  ending_before: id().optional(),
});

/**
 * A subscription's history, oldest first, and its planned future: each commit of its workflow and of those of its invoices, payments,
 * refunds and disputes, with its commit key; then the agendas of the running workflows. Pages go back in time.
 *
 * @throws BillingError resource_missing
 */
export const subscriptionTimeline = operation({
  method: 'get',
  path: '/v1/subscriptions/:subscription/timeline',
  summary: 'Retrieve the timeline of a subscription',
  tag: 'Subscriptions',
  own: true,
  parameters: timelineParameters,
  answer: shape,
  handle: async (request) => {
    const { sql } = request.deps;
    const { limit, ending_before: cursor } = request.parameters;
    const subscription = await request.find('subscription', request.pathId('subscription'));
    const [done, planned] = await Promise.all([
      doneSteps(sql, subscription.id, { before: cursor === undefined ? null : keyOf(cursor), limit }),
      cursor === undefined ? plannedSteps(sql, subscription.id) : [],
    ]);
    return {
      body: {
        object: 'subscription_timeline' as const,
        subscription: subscription.id,
        status: subscription.status,
        livemode: subscription.livemode,
        done: done.steps.map(showDone),
        has_more: done.hasMore,
        planned: planned.flatMap(showPlanned).sort((a, b) => a.at - b.at),
      },
    };
  },
});

function showDone({ workflow, step, commitKey, at, outcome }: DoneStep) {
  return {
    id: `${workflow}/${commitKey}`,
    at,
    workflow,
    step,
    commit_key: commitKey,
    outcome,
    sentence: sentence(outcome ?? plannedWords({ step, key: commitKey })),
  };
}

function showPlanned({ workflow, agenda }: PlannedStep) {
  return agenda.map((item) => ({
    ...{ at: item.at, workflow, step: item.step, key: item.key, about: item.target ?? null },
    sentence: sentence(plannedWords(item)),
  }));
}

/** `subscription/sub_…/renew/1767225600`: a workflow's id has two parts, and the rest is the commit key. */
function keyOf(shown: string): StepKey {
  const [kind, subject, ...commitKey] = shown.split('/');
  if (!kind || !subject || commitKey.length === 0) return missing('subscription', shown, 'ending_before');
  return { workflow: `${kind}/${subject}`, commitKey: commitKey.join('/') };
}

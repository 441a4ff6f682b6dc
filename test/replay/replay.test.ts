import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { PERSON } from '../../scripts/story';
import { workflowBundle } from '../../worker/bundle';
import * as workflows from '../../workflows';
import { logger, Replayer } from './replayer';

interface History {
  events: {
    eventType: string;
    workflowExecutionStartedEventAttributes?: { workflowType: { name: string } };
    [attributes: string]: unknown;
  }[];
}

const folder = join(__dirname, 'histories');
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace(/\.json$/, ''))
  .sort();
const textOf = (name: string): string => readFileSync(join(folder, `${name}.json`), 'utf8');
const historyOf = (name: string): History => JSON.parse(textOf(name)) as History;
const typeOf = ({ events }: History): string | undefined => events[0]?.workflowExecutionStartedEventAttributes?.workflowType.name;

let replayer: Replayer;

beforeAll(async () => {
  replayer = new Replayer({ workflowBundle: await workflowBundle(logger) });
});
afterAll(() => replayer.stop());

describe('every recorded history replays with the current workflows', () => {
  it.each(names)('%s', async (name) => {
    await replayer.replay(historyOf(name));
  });

  it('each workflow has a history', () => {
    const recorded = new Set(names.map((name) => typeOf(historyOf(name))));
    expect(Object.keys(workflows).filter((workflow) => !recorded.has(workflow))).toEqual([]);
  });
});

describe('replay can fail', () => {
  it('for a workflow that would do something else than it did', async () => {
    const history = historyOf('subscription/created-and-renewed');
    await expect(replayer.replay(asIfSent(history, 'somethingElse'))).rejects.toThrow(DeterminismViolationError);
  });

  it('for a workflow that would handle an outage differently', async () => {
    const history = historyOf('subscription/renewed-while-the-database-was-down');
    await expect(replayer.replay(asIfAnswered(history))).rejects.toThrow(DeterminismViolationError);
  });

  /** As if the database had been there, and the step had failed. */
  function asIfAnswered(history: History): History {
    const failure = { reason: 'failed', name: 'Error', message: 'broken', where: null };
    const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');
    const [unavailable, failed] = [encoded({ outcome: 'unavailable', reason: 'ECONNRESET' }), encoded({ outcome: 'failed', failure })];
    const text = JSON.stringify(history).replace(unavailable, failed);
    expect(text === JSON.stringify(history)).toBe(false);
    return JSON.parse(text) as History;
  }

  /** As if the version that was recorded had called another activity. */
  function asIfSent(history: History, activity: string): History {
    const text = JSON.stringify(history).replaceAll(/("activityType":\{"name":)"attemptPayment"/g, `$1"${activity}"`);
    expect(text === JSON.stringify(history)).toBe(false);
    return JSON.parse(text) as History;
  }
});

/** What a history shows of activities and messages, in order: `unavailable commit/renewSubscription`, `ordinary commit/renewSubscription`. */
function shown({ events }: History): string[] {
  const text = (data: unknown): string => Buffer.from(String(data), 'base64').toString();
  return events.flatMap((event) => {
    const attributes = event[Object.keys(event).find((key) => key.endsWith('EventAttributes')) ?? ''] as {
      activityType?: { name: string };
      signalName?: string;
      details?: Record<'data' | 'result', { payloads: { data: string }[] } | undefined>;
    };
    const [about, result] = (['data', 'result'] as const).map((part) => attributes.details?.[part]?.payloads[0]?.data ?? '');
    const local = /"activity_type":"([^"]+)"/.exec(text(about))?.[1];
    const outcome = /^\{"outcome":"(\w+)"/.exec(text(result))?.[1];
    if (local !== undefined) return [`${outcome ?? 'nothing'} ${local}`];
    if (attributes.activityType) return [`ordinary ${attributes.activityType.name}`];
    if (attributes.signalName !== undefined) return [`signal ${attributes.signalName}`];
    return [event.eventType.replace('EVENT_TYPE_', '').toLowerCase()];
  });
}

describe('histories of an outage contain that outage', () => {
  it.each([
    ['subscription/renewed-while-the-database-was-down', ['unavailable commit/renewSubscription', 'ordinary commit/renewSubscription']],
    ['subscription/renewed-while-the-database-hung', ['unavailable commit/renewSubscription', 'ordinary commit/renewSubscription']],
    [
      'subscription/held-and-released',
      ['failed commit/renewSubscription', 'answered hold', 'signal release', 'answered commit/renewSubscription'],
    ],
    [
      'subscription/held-and-canceled',
      ['answered hold', 'signal release', 'failed commit/renewSubscription', 'answered hold', 'answered commit/cancelSubscription'],
    ],
    ['payment/unknown-through-a-processor-outage', ['activity_task_failed', 'answered commit/recordPayment', 'ordinary resolvePayment']],
    ['subscription/charged-through-a-processor-outage', ['activity_task_failed', 'answered commit/recordPayment']],
    [
      'subscription/continued-as-new-with-changes',
      ['workflow_execution_update_accepted', 'answered commit/updateSubscription', 'workflow_execution_continued_as_new'],
    ],
    ['subscription/after-continuing-as-new-with-changes', ['workflow_execution_update_accepted', 'answered commit/updateSubscription']],
  ])('%s', (name, expected) => {
    const found = shown(historyOf(name));
    const inOrder = expected.filter((each) => {
      const at = found.indexOf(each);
      found.splice(0, at + 1);
      return at >= 0;
    });
    expect(inOrder).toEqual(expected);
  });

  it.each(['subscription/advanced-through-a-database-outage'])('%s', (name) => {
    expect(shown(historyOf(name)).filter((each) => each.startsWith('unavailable '))).not.toEqual([]);
  });
});

describe('no history contains personal data', () => {
  const decoded = (value: unknown): string =>
    JSON.stringify(value, (key, each: unknown) =>
      key === 'data' && typeof each === 'string' ? Buffer.from(each, 'base64').toString() : each,
    );
  const { address, ...rest } = PERSON;
  const personal = [
    ...Object.values(rest),
    ...Object.values(address).filter((part) => part.length > 2),
    ...PERSON.name.split(' '),
    'example',
  ];

  it.each(names)('%s', (name) => {
    const text = decoded(historyOf(name)).toLowerCase();
    expect(personal.filter((part) => text.includes(part.toLowerCase()))).toEqual([]);
    expect(/[\w.]+@[\w-]+\.[a-z]+/.exec(text)).toBeNull();
  });

  it('payloads are decoded for that check', () => {
    expect(decoded(historyOf('subscription/created-and-renewed')).includes('charge 20.00 eur')).toBe(true);
  });
});

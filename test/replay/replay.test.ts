import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { PERSON } from '../../scripts/story';
import { workflowBundle } from '../../worker/bundle';
import * as workflows from '../../workflows';

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

const logger = new DefaultLogger('ERROR');
let workflowBundleOfNow: { code: string };

beforeAll(async () => {
  Runtime.install({ logger, telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } } as never });
  workflowBundleOfNow = await workflowBundle(logger);
});

async function replay(history: History): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: workflowBundleOfNow, reuseV8Context: true }, history);
}

describe('every workflow that runs can go on with the workflows of this version', () => {
  it.each(names)('%s', async (name) => {
    await replay(historyOf(name));
  });

  it('each workflow has a history', () => {
    const recorded = new Set(names.map((name) => typeOf(historyOf(name))));
    expect(Object.keys(workflows).filter((workflow) => !recorded.has(workflow))).toEqual([]);
  });
});

describe('the gate can fail', () => {
  it('a workflow that would do something else than it did is found out', async () => {
    const history = historyOf('subscription/created-and-renewed');
    await expect(replay(asIfSent(history, 'somethingElse'))).rejects.toThrow(DeterminismViolationError);
  });

  /** As if the version that was recorded had called another activity. */
  function asIfSent(history: History, activity: string): History {
    const text = JSON.stringify(history).replaceAll(/("activityType":\{"name":)"attemptPayment"/g, `$1"${activity}"`);
    expect(text === JSON.stringify(history)).toBe(false);
    return JSON.parse(text) as History;
  }
});

describe('no personal data is in a history', () => {
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

  it('what payloads hold is looked at, too', () => {
    expect(decoded(historyOf('subscription/created-and-renewed')).includes('charge €20.00')).toBe(true);
  });
});

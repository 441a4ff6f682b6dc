/**
 * `npm run rollout`: gives the work to the workers of this version, which run already, beside those of the version before. Run it from the
 * version that is rolled out; to roll back, run it from the version before, with `--restart`. Uses TEMPORAL_ADDRESS, TASK_QUEUE and
 * DUNLIN_BUILD_ID as the workers do. docs/operations.md has the whole procedure.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { DeterminismViolationError } from '@temporalio/workflow';
import { loadConfig } from '../config';
import { endWorkflow } from '../temporal/advance';
import { temporalConnectionOptions } from '../temporal/connect';
import { appVersion } from '../version';
import { installSilentRuntime, replayRunning, type ReplayFailure, type ReplayOptions } from '../worker/replay';
import { makeCurrent, ramp, routingOf, untilPolled, type Deployment } from './rollout/deployment';

const USAGE = `Usage:
  npm run rollout -- check [--newest 1000]           replays running workflows with this version's code; changes nothing
  npm run rollout -- to [--ramp 10] [--for 60]       check, then 10 percent of the workflows for 60 seconds, then all work
  npm run rollout -- to --restart                    all work at once; workflows that this version cannot continue start again from their rows
  npm run rollout -- status                          which version has the work`;

/** Task queues hear of a new current version within this time; until then a step may still go to the version before. */
const HEARD_MS = 10_000;
const POLLED_MS = 120_000;
const SHOWN = 10;

interface Given {
  newest: number;
  /** Percent; 0: all at once. */
  ramp: number;
  seconds: number;
  restart: boolean;
}

interface Rollout {
  connection: Connection;
  client: Client;
  deployment: Deployment;
  build: string;
}

async function check(rollout: Rollout, { newest }: Given): Promise<void> {
  const { count, differing } = await replayed(rollout, { newest });
  say(`${String(count)} running workflows replayed with ${rollout.build}, ${String(differing.length)} differ`);
  if (differing.length > 0) throw new Error(`${listed(differing)}\nThis version cannot continue them: see "patched" in CONTRIBUTING.md.`);
}

/** @throws Error of a replay that failed for another reason than a difference */
async function replayed(
  { client, deployment }: Rollout,
  which: Pick<ReplayOptions, 'newest'>,
): Promise<{ count: number; differing: ReplayFailure[] }> {
  const { types, failures } = await replayRunning({ client, taskQueue: deployment.name, ...which });
  for (const { workflow, error } of failures) {
    if (!(error instanceof DeterminismViolationError)) throw new Error(`The history of ${workflow} was not replayed.`, { cause: error });
  }
  return { count: types.reduce((sum, type) => sum + type.replayed, 0), differing: failures };
}

async function to(rollout: Rollout, given: Given): Promise<void> {
  const { connection, deployment, build } = rollout;
  await untilPolled(connection, deployment, build, POLLED_MS);
  const before = (await routingOf(connection, deployment))?.current ?? null;
  if (!given.restart) await check(rollout, given);
  if (given.ramp > 0) {
    await ramp(connection, deployment, build, given.ramp);
    say(`${String(given.ramp)} percent of the workflows go to ${build} for ${String(given.seconds)} s`);
    await sleep(given.seconds * 1_000);
  }
  await makeCurrent(connection, deployment, build);
  await sleep(HEARD_MS);
  if (given.restart) await restart(rollout);
  say(`${build} has the work${before === null || before === build ? '' : `; the workers of ${before} may stop`}`);
}

/** The rows of a workflow that is ended stay: the next change, or the sweep when something is due, starts it again from them. */
async function restart(rollout: Rollout): Promise<void> {
  const { count, differing } = await replayed(rollout, {});
  for (const { workflow } of differing)
    await endWorkflow(rollout.client, workflow, 'this version cannot continue the history; it starts again from its rows');
  say(`${String(count)} running workflows replayed with ${rollout.build}, ${String(differing.length)} start again from their rows`);
}

async function status({ connection, deployment, build }: Rollout): Promise<void> {
  const routing = await routingOf(connection, deployment);
  if (routing === null) say(`No versioned worker has asked for work as ${deployment.name}.`);
  else say(`current  ${routing.current ?? 'workers without a version'}`, `ramping  ${routing.ramping ?? 'none'}`, `this     ${build}`);
}

const COMMANDS: Record<string, (rollout: Rollout, given: Given) => Promise<void>> = { check, to, status };

async function main(): Promise<void> {
  const { command, given } = read();
  const config = loadConfig();
  const { temporalNamespace: namespace, taskQueue: name } = config;
  installSilentRuntime();
  const connection = await Connection.connect(temporalConnectionOptions(config));
  try {
    await command(
      { connection, client: new Client({ connection, namespace }), deployment: { namespace, name }, build: appVersion() },
      given,
    );
  } finally {
    await connection.close();
  }
}

/** @throws Error with the usage for arguments that are none of it */
function read(): { command: (rollout: Rollout, given: Given) => Promise<void>; given: Given } {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      newest: { type: 'string', default: '1000' },
      ramp: { type: 'string', default: '0' },
      for: { type: 'string', default: '60' },
      restart: { type: 'boolean', default: false },
    },
  });
  const command = COMMANDS[positionals.join(' ')];
  const given = {
    newest: wholeNumber(values.newest),
    ramp: wholeNumber(values.ramp),
    seconds: wholeNumber(values.for),
    restart: values.restart,
  };
  if (!command || given.ramp > 99 || (given.restart && given.ramp > 0)) throw new Error(USAGE);
  return { command, given };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new Error(`'${text}' is no whole number.\n${USAGE}`);
  return Number(text);
}

const listed = (differing: readonly ReplayFailure[]): string =>
  differing
    .slice(0, SHOWN)
    .map(({ workflow, error }) => `  ${workflow}: ${error.message.split('\n')[0] ?? ''}`)
    .join('\n');

function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

import { Client, Connection } from '@temporalio/client';
import type { Command } from 'commander';
import { temporalConnectionOptions } from '../../temporal/connect';
import { installSilentRuntime, replayRunning, type ReplayReport } from '../../worker/replay';
import { declare, textOption, type Given } from '../command';
import { settings } from '../installation';
import { CommandFailed, WrongUsage, type Output } from '../output';

export function replay(program: Command): void {
  declare(program, {
    usage: 'replay',
    summary: 'replay the histories of running workflows with the code of this checkout: run it before you deploy',
    options: [
      ['--per-type <count>', 'so many of each type of workflow, chosen by chance; 100 unless it is said'],
      ['--all', 'every running workflow'],
      ['--type <type>', 'only this type, such as subscriptionWorkflow'],
    ],
    examples: ['replay', 'replay --per-type 1000', 'replay --all --type subscriptionWorkflow --json'],
    run,
  });
}

async function run(given: Given): Promise<void> {
  const perType = perTypeOf(given);
  const type = textOption(given, 'type');
  if (type !== undefined && !/^\w{1,100}$/.test(type))
    throw new WrongUsage('--type is the name of a workflow type, such as subscriptionWorkflow');
  const config = settings();
  installSilentRuntime();
  const connection = await Connection.connect(temporalConnectionOptions(config));
  try {
    const client = new Client({ connection, namespace: config.temporalNamespace });
    const { output } = given;
    const report = await output.progress.during('replaying', () => replayRunning({ client, taskQueue: config.taskQueue, perType, type }));
    tell(report, output);
  } finally {
    await connection.close();
  }
}

/** @throws CommandFailed if one did not replay */
function tell({ types, failures }: ReplayReport, output: Output): void {
  for (const { type, running, replayed, failed } of types) {
    const words = `${type.padEnd(32)} ${running} running, ${replayed} replayed, ${failed} failed`;
    output.show(words, { type, running, replayed, failed });
  }
  const replayed = types.reduce((sum, each) => sum + each.replayed, 0);
  const told = failures.map(({ error, ...which }) => ({ ...which, reason: error.message }));
  const [first] = told;
  if (first === undefined) {
    output.show(`All ${replayed} replay with this version.`, { replayed, failed: 0, failures: told });
    return;
  }
  output.show(`${first.workflow} (run ${first.run}): ${first.reason}`, {
    replayed,
    failed: told.length,
    failures: told.slice(0, 20),
  });
  throw new CommandFailed(`${told.length} of ${replayed} do not replay: do not deploy this version`);
}

/** Undefined: all. */
function perTypeOf(given: Given): number | undefined {
  const text = textOption(given, 'perType');
  if (given.options['all'] === true) {
    if (text !== undefined) throw new WrongUsage('say --all or --per-type, not both');
    return undefined;
  }
  const count = Number(text ?? 100);
  if (!Number.isInteger(count) || count < 1) throw new WrongUsage('--per-type is a whole number from 1');
  return count;
}

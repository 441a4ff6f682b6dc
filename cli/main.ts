/**
 * `npx dunlin`: every command for people who run Dunlin or build on it. Exit codes: 0, 1 if a command did not succeed or found something
 * wrong, 2 if it was given wrongly.
 */
import { Command, CommanderError } from 'commander';
import { appVersion } from '../version';
import { account } from './commands/account';
import { clock } from './commands/clock';
import { doctor } from './commands/doctor';
import { events } from './commands/events';
import { liveCheck } from './commands/live-check';
import { mcp } from './commands/mcp';
import { migrateCommand } from './commands/migrate';
import { replay } from './commands/replay';
import { reseal } from './commands/reseal';
import { seed } from './commands/seed';
import { start } from './commands/start';
import { complain, WrongUsage } from './output';

const COMMANDS = [start, migrateCommand, seed, account, events, clock, doctor, replay, reseal, liveCheck, mcp];

const FAILED = 1;
const WRONGLY_GIVEN = 2;

async function main(args: readonly string[]): Promise<void> {
  const program = new Command('dunlin')
    .description('Subscription billing that you run yourself.')
    .option('-v, --version', 'print the version')
    .helpOption('-h, --help', 'print what a command does, with examples')
    .exitOverride()
    .showHelpAfterError('(dunlin help COMMAND shows examples)');
  program.on('option:version', () => {
    process.stdout.write(`${appVersion()}\n`);
    process.exit(0);
  });
  for (const add of COMMANDS) add(program);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    process.exitCode = codeOf(error);
    // Commander has already said what is wrong.
    if (!(error instanceof CommanderError)) complain(error, args.includes('--json'));
  }
}

function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 || error.code === 'commander.help' ? error.exitCode : WRONGLY_GIVEN;
  return error instanceof WrongUsage ? WRONGLY_GIVEN : FAILED;
}

void main(process.argv.slice(2));

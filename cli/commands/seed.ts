import type { Command } from 'commander';
import { connectTo, seedCompany, type SeedOptions } from '../../seed/run';
import { declare, textOption, type Given } from '../command';
import { running } from '../installation';
import { CommandFailed, WrongUsage } from '../output';

export function seed(program: Command): void {
  declare(program, {
    usage: 'seed',
    summary: 'fill a running Dunlin with a believable company and a year of its history; the same seed makes the same company',
    options: [
      ['--customers <count>', 'how many customers, 200 unless it is said'],
      ['--months <count>', 'how many months of history, 12 unless it is said'],
      ['--from <day>', 'the first day, such as 2025-12-01; else the first of this month a year ago'],
      ['--seed <word>', 'the name of the company'],
    ],
    examples: ['seed', 'seed --customers 30 --months 6', 'seed --seed larch --from 2025-12-01'],
    async run(given) {
      const options = optionsOf(given);
      const { progress } = given.output;
      const dunlin = running();
      if (dunlin === null) throw new CommandFailed('run `npx dunlin start` first: the seed needs a Dunlin that is running on this machine');
      const run = {
        ...options,
        name: `Seed ${options.seed}`,
        stripe: connectTo(dunlin),
        during: progress.during.bind(progress),
        between: () => undefined,
      };
      const statuses = await seedCompany(run, progress.say.bind(progress));
      const counts = Object.entries(statuses).map(([status, count]) => `${status} ${count}`);
      const { customers } = options;
      given.output.show(`Done: ${customers} customers. Subscriptions: ${counts.join(', ')}.`, { customers, subscriptions: statuses });
    },
  });
}

function optionsOf(given: Given): Omit<SeedOptions, 'name'> {
  const number = (name: 'customers' | 'months', fallback: number, most: number): number => {
    const value = Number(textOption(given, name) ?? fallback);
    if (!Number.isInteger(value) || value < 1 || value > most) throw new WrongUsage(`--${name} is a whole number from 1 to ${most}`);
    return value;
  };
  const day = textOption(given, 'from');
  const from = day === undefined ? aYearAgo() : Date.parse(`${day}T00:00:00Z`) / 1000;
  if (Number.isNaN(from)) throw new WrongUsage('--from is a day: 2025-12-01');
  const word = textOption(given, 'seed') ?? 'larkspur';
  if (!/^[a-z0-9_]{1,30}$/.test(word)) throw new WrongUsage('--seed is a word of lower-case letters, digits and underscores');
  return { seed: word, customers: number('customers', 200, 10_000), months: number('months', 12, 60), from };
}

/** The first of this month, a year ago, UTC. */
function aYearAgo(): number {
  const today = new Date(Date.now());
  return Date.UTC(today.getUTCFullYear() - 1, today.getUTCMonth(), 1) / 1000;
}

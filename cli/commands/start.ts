import type { Command } from 'commander';
import { launch, welcome } from '../../embedded/launch';
import { declare } from '../command';

export function start(program: Command): void {
  declare(program, {
    usage: 'start',
    summary: 'start Postgres, Temporal, the worker and the API on this machine, until Ctrl-C',
    options: [['--watch', 'restart the server, the worker or both when one of their sources changes']],
    examples: ['start', 'start --watch', 'start --json'],
    async run({ options, output }) {
      await launch({
        isWatching: options['watch'] === true,
        progress: output.progress,
        announce: (running, dataFolder) => output.show(welcome(running, dataFolder), { ...running, dataFolder }),
      });
    },
  });
}

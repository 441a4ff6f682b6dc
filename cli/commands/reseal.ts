import type { Command } from 'commander';
import { resealKey } from '../../db/installation-key';
import { declare } from '../command';
import { withDatabase } from '../installation';
import { CommandFailed } from '../output';

export function reseal(program: Command): void {
  declare(program, {
    usage: 'reseal',
    summary: 'seal the installation’s key with the first DUNLIN_SECRET, so that the others can go',
    examples: ['reseal', 'reseal --json'],
    async run({ output }) {
      await withDatabase('reseal', async (sql, { secrets }) => {
        if (secrets.length === 0) throw new CommandFailed('set DUNLIN_SECRET: the new secret, a comma, and the one that is in use');
        const resealed = await resealKey(sql, secrets);
        const [state, others] = [resealed ? 'is now' : 'was already', secrets.length > 1 ? ' The others can go.' : ''];
        output.show(`The installation’s key ${state} sealed with the first DUNLIN_SECRET.${others}`, { resealed });
      });
    },
  });
}

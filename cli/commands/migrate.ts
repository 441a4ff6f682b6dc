import type { Command } from 'commander';
import { migrate } from '../../db/migrate';
import { declare } from '../command';
import { withDatabase } from '../installation';

export function migrateCommand(program: Command): void {
  declare(program, {
    usage: 'migrate',
    summary: 'bring the database up to date, for installations without `dunlin start`',
    examples: ['migrate', 'migrate --json'],
    async run({ output }) {
      const applied = await withDatabase('migrate', (sql) => migrate(sql));
      output.show(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`, { applied });
    },
  });
}

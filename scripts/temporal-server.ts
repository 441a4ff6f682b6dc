/**
 * `npm run temporal-server [-- --postgres postgres://admin:password@host:port/postgres] [--shards 4]`: a Temporal server as a production has
 * one, with its state in Postgres, to try Dunlin on. Without a Postgres it starts its own in a temporary folder. It prints TEMPORAL_ADDRESS
 * and runs until Ctrl-C, which stops and removes what it started.
 */
import { parseArgs } from 'node:util';
import { lineOn } from '../embedded/progress';
import { withTemporalServer } from './temporal-server/throwaway';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { postgres: { type: 'string' }, shards: { type: 'string', default: '4' } } });
  const shards = Number(values.shards);
  if (!Number.isInteger(shards) || shards < 1 || shards > 16_384) throw new Error('--shards must be a number from 1 to 16384');
  const signaled = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const options = { shards, progress: lineOn(process.stderr), ...(values.postgres ? { postgres: values.postgres } : {}) };
  await withTemporalServer(options, async ({ address }) => {
    process.stdout.write(`TEMPORAL_ADDRESS=${address}\n`);
    await signaled;
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

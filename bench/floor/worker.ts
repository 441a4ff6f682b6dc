/** A worker with the same setup as Dunlin's, for `workflows.ts`; notifies its parent when it is ready. */
import { join } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

export interface NothingActivities {
  nothing: (what: string) => Promise<void>;
}

async function main(address: string): Promise<void> {
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ logger, shutdownSignals: ['SIGTERM'] });
  const connection = await NativeConnection.connect({ address });
  const activities: NothingActivities = { nothing: () => Promise.resolve() };
  const polling = { activityTaskPollerBehavior: { type: 'autoscaling' } } as const;
  const workers = await Promise.all([
    Worker.create({
      ...{ connection, activities, taskQueue: 'floor', workflowsPath: join(__dirname, 'workflows.ts') },
      ...{ ...polling, workflowTaskPollerBehavior: { type: 'autoscaling' }, reuseV8Context: true, maxCachedWorkflows: 2_000 },
    }),
    Worker.create({ connection, activities, taskQueue: 'floor-payments', ...polling }),
  ]);
  process.send?.('ready');
  await Promise.all(workers.map((worker) => worker.run()));
  await connection.close();
}

void main(process.argv[2] ?? '');

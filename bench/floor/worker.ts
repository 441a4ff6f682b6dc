/**
 * A worker with the same setup as Dunlin's, for `workflows.ts`. Tells its parent when it is ready. Sends the messages of a test clock, as
 * Dunlin's worker does, whenever its parent asks for a round of them.
 */
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

export interface NothingActivities {
  nothing: (what: string) => Promise<void>;
}

/** One message to each of these workflows, in parallel. */
export interface MessageRound {
  workflows: string[];
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
  const client = new Client({ connection });
  process.on('message', ({ workflows }: MessageRound) => {
    void Promise.all(workflows.map((workflowId) => send(client, workflowId))).then(() => process.send?.('sent'));
  });
  process.send?.('ready');
  await Promise.all(workers.map((worker) => worker.run()));
  await connection.close();
  // While the channel to the parent is open, the process does not end.
  process.disconnect();
}

function send(client: Client, workflowId: string): Promise<void> {
  return client.workflow.getHandle(workflowId).executeUpdate('advance');
}

void main(process.argv[2] ?? '');

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWorkflowExporter } from '@temporalio/interceptors-opentelemetry';
import { DefaultLogger, Runtime, Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import { Resource } from '@opentelemetry/resources';
import { NoopSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { workflowBundle } from '../../worker/bundle';

const folder = join(__dirname, 'histories');
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
const logger = new DefaultLogger('ERROR');
let options: ReplayWorkerOptions;

beforeAll(async () => {
  Runtime.install({ logger, telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } } as never });
  const interceptors = require.resolve('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors');
  options = {
    workflowBundle: await workflowBundle(logger, { interceptorModules: [interceptors] }),
    sinks: { exporter: makeWorkflowExporter(new NoopSpanProcessor(), new Resource({})) } as never,
    reuseV8Context: true,
  };
});

// Traces are switched on by a variable, while workflows run that were started without.
test.each(names)('%s replays with tracing on', async (name) => {
  await Worker.runReplayHistory(options, JSON.parse(readFileSync(join(folder, name), 'utf8')) as object);
});

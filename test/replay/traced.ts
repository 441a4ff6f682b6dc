import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeWorkflowExporter } from '@temporalio/interceptors-opentelemetry';
import { Resource } from '@opentelemetry/resources';
import { NoopSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { workflowBundle } from '../../worker/bundle';
import { logger, Replayer } from './replayer';

const folder = join(__dirname, 'histories');

/** Every recorded history, by its path. */
export const HISTORIES = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .sort();

/** The first history of each kind of workflow. */
export const ONE_OF_EACH = HISTORIES.filter((name, at) => HISTORIES.findIndex((each) => dirname(each) === dirname(name)) === at);

/** Traces are switched on by a variable, while workflows run that were started without. */
export function replayWithTracing(names: readonly string[]): void {
  let replayer: Replayer;

  beforeAll(async () => {
    const interceptors = require.resolve('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors');
    replayer = new Replayer({
      workflowBundle: await workflowBundle(logger, { interceptorModules: [interceptors] }),
      sinks: { exporter: makeWorkflowExporter(new NoopSpanProcessor(), new Resource({})) } as never,
    });
  });
  afterAll(() => replayer.stop());

  test.each(names)('%s replays with tracing on', async (name) => {
    await replayer.replay(JSON.parse(readFileSync(join(folder, name), 'utf8')) as object);
  });
}

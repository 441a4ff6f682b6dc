import { ScriptedEntity } from './entity';
import { startEnvironment, until, type Environment } from './environment';

let environment: Environment;
afterEach(() => environment.stop());

async function waiting(): Promise<ScriptedEntity> {
  const entity = new ScriptedEntity(environment, 'subscription');
  await entity.begin();
  await until(() => entity.count === 1, 'what was due to be done');
  return entity;
}

/** What the Temporal UI shows under Call Stack. */
const callStackOf = (entity: ScriptedEntity): Promise<string> => entity.handle.query<string>('__stack_trace');

test('a workflow has no call stack, and outlives a cancellation with its scopes', async () => {
  environment = await startEnvironment();
  const entity = await waiting();
  expect(await callStackOf(entity)).not.toContain('workflows/');
  await entity.handle.cancel();
  expect(await entity.change()).toMatchObject({ refusal: null, failure: null });
  expect(await environment.replayAll()).toBe(1);
}, 60_000);

test('with call stacks enabled, the Temporal UI shows where a workflow waits', async () => {
  environment = await startEnvironment({ callStacks: true });
  const entity = await waiting();
  expect(await callStackOf(entity)).toContain('workflows/entity.ts');
  await entity.handle.cancel();
  expect(await entity.change()).toMatchObject({ refusal: null, failure: null });
}, 60_000);

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../../config';
import { startChild, stopChild, type Child } from '../../embedded/child';
import { silent } from '../../embedded/progress';
import { Supervisor, type Service } from '../../embedded/supervisor';
import { cleanUp, temporaryFolder, until } from './launcher';

jest.setTimeout(60_000);

let folder: string;
let supervisor: Supervisor | undefined;

beforeEach(() => (folder = temporaryFolder()));
afterEach(async () => {
  await supervisor?.stop();
  await cleanUp();
});

/** A real process that is ready as soon as it runs; while `broken` exists it dies before that. Its starts, in milliseconds. */
function service(): { service: Service; starts: number[]; broken: string } {
  const starts: number[] = [];
  const broken = join(folder, 'broken');
  return {
    starts,
    broken,
    service: {
      name: 'sleeper',
      async start(onChild) {
        starts.push(performance.now());
        const child = await startChild({
          name: 'sleeper',
          command: process.execPath,
          args: ['-e', 'setInterval(() => undefined, 1000)'],
          env: childEnvironment({ NODE_OPTIONS: '' }),
          logFile: join(folder, 'logs', 'sleeper.log'),
        });
        onChild(child);
        if (!existsSync(broken)) return child;
        await stopChild(child, 'SIGKILL');
        throw new Error('broken');
      },
      stop: (child) => stopChild(child),
    },
  };
}

const kill = (child: Child | undefined): void => void process.kill(child?.identity.pid ?? 0, 'SIGKILL');

test('a process that was ready is restarted at once, however often in a row it is killed', async () => {
  const { service: sleeper, starts } = service();
  supervisor = new Supervisor(sleeper, silent, () => undefined);
  await supervisor.start();
  const pauses: number[] = [];
  for (let kills = 1; kills <= 8; kills += 1) {
    const killedAt = performance.now();
    kill(supervisor.running[0]);
    await until('it is started again', () => starts.length === kills + 1);
    await until('it runs', () => supervisor?.running.length === 1);
    pauses.push((starts.at(-1) ?? 0) - killedAt);
  }
  expect(Math.max(...pauses)).toBeLessThan(1_500);
});

test('a process that dies before it is ready is retried less and less often, at most five seconds apart, and at once again after it was ready', async () => {
  const { service: sleeper, starts, broken } = service();
  supervisor = new Supervisor(sleeper, silent, () => undefined);
  await supervisor.start();
  writeFileSync(broken, '');
  kill(supervisor.running[0]);
  await until('it was tried seven times', () => starts.length === 8);
  const pauses = starts.slice(2).map((at, index) => at - (starts[index + 1] ?? 0));
  // Each pause is as long as the one before at least, but for what a busy machine adds to a start.
  for (const [index, pause] of pauses.slice(1).entries()) expect(pause).toBeGreaterThan((pauses[index] ?? 0) - 700);
  expect(pauses[0]).toBeLessThan(1_500);
  expect(pauses.at(-1)).toBeGreaterThan(4_000);
  expect(pauses.at(-1)).toBeLessThan(6_500);
}, 60_000);

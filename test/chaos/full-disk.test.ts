/** Postgres on a disk that becomes full. The disk is one in memory, which needs the rights to mount it. */
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expectAllDone, expectSound, Onlookers, prepare, summarize } from './outage';
import { startPlant, type Plant } from './plant';
import { monthly, nowSeconds } from './world';

const DISK_MEGABYTES = 320;
const FULL_SECONDS = 40;

let disk: string;
let plant: Plant;
jest.setTimeout(600_000);
beforeAll(async () => {
  disk = mkdtempSync(join(tmpdir(), 'dunlin-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(DISK_MEGABYTES)}m,mode=0755`, 'tmpfs', disk]);
  chmodSync(disk, 0o755);
  plant = await startPlant({}, join(disk, 'postgres'));
}, 240_000);
afterAll(async () => {
  try {
    await plant.stop();
  } finally {
    execFileSync('umount', ['--lazy', disk]);
    rmSync(disk, { recursive: true });
  }
}, 120_000);

/** Writes until nothing is left; in a process of its own, so that who asks meanwhile is not held up. */
const fillUp = (file: string): Promise<void> =>
  promisify(execFile)('sh', ['-c', 'cat /dev/zero >> "$1"', 'sh', file]).then(
    () => undefined,
    () => undefined,
  );

test('Postgres’s disk is full while subscriptions are due: nothing is lost or held, and everything is done once when there is room again', async () => {
  const { stack, postgres } = plant;
  const price = await monthly(stack);
  const at = nowSeconds() + 80;
  const due = await prepare(stack, price, { each: 4, at });
  await sleep(Math.max(0, at * 1000 - Date.now() - 4_000));
  const ballast = join(disk, 'ballast');
  const onlookers = new Onlookers(stack, due.bystander.subscription);
  const endsAt = Date.now() + FULL_SECONDS * 1000;
  // What Postgres frees meanwhile is taken too.
  while (Date.now() < endsAt) {
    await fillUp(ballast);
    await sleep(500);
  }
  expect(statfsSync(disk).bavail).toBeLessThan(256);
  stack.kill('worker');
  rmSync(ballast);
  // Where it could not write its log of what it does, it has ended itself: an operator starts it again.
  await postgres.revive();
  await expectAllDone(stack, due);
  await onlookers.leave();
  const log = readFileSync(plant.postgresLog, 'utf8');
  const refusals = log.match(/No space left on device/g)?.length ?? 0;
  process.stderr.write(`a full disk for ${String(FULL_SECONDS)} s, ${String(refusals)} times refused: ${summarize(onlookers)}\n`);
  expect(refusals).toBeGreaterThan(0);
  onlookers.expectAnswered();
  await onlookers.expectOnce();
  await expectSound(stack);
});

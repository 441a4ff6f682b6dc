import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../db/connect';
import { isRunning } from '../../embedded/process-identity';
import { answers, cleanUp, noted, processesNaming, start, temporaryFolder, until, type Launcher } from './launcher';

jest.setTimeout(240_000);

afterEach(cleanUp);

test('children of a killed launcher continue, and the next start stops them; a child that is killed is restarted', async () => {
  const data = temporaryFolder();
  const first = start(data);
  const running = await first.ready();
  const children = noted(data);
  first.process.kill('SIGKILL');
  await first.ended();
  expect(children.every(isRunning)).toBe(true);
  expect(await answers(running.url)).toBe(true);

  const second = start(data);
  const again = await second.ready();
  expect(second.output()).toContain('An earlier start was killed; stopping what it left');
  expect(children.filter(isRunning)).toEqual([]);
  expect(again.apiKey).toBe(running.apiKey);
  expect(await answers(again.url)).toBe(true);

  await everyProcessHeals(data, second);
  await until('the API answers', () => answers(again.url));
  await until('the Temporal UI answers', () => answers(again.temporalUi ?? ''));
  const sql = connect(again.databaseUrl, { max: 1 });
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  await sql.end();
});

/** Kills one process after the other, and waits until the launcher has each running again. */
async function everyProcessHeals(data: string, launcher: Launcher): Promise<void> {
  for (const name of ['server', 'worker', 'temporal', 'postgres']) {
    const before = noted(data).find((child) => child.name === name);
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await until(`${name} runs again`, () => launcher.output().includes(`${name} runs again`));
    expect(noted(data).find((child) => child.name === name)?.pid).not.toBe(before?.pid);
  }
}

test('a start that was killed at any moment is recovered by the next one', async () => {
  const data = temporaryFolder();
  for (const afterMs of [300, 500, 700, 900, 1_200, 1_700, 2_500]) {
    const launcher = start(data);
    await sleep(afterMs);
    launcher.process.kill('SIGKILL');
    await launcher.ended();
  }
  const running = await start(data).ready();
  expect(await answers(running.url)).toBe(true);
  const leftOver = readdirSync(join(data, 'postgres')).filter((name) => name.startsWith('unfinished'));
  expect(leftOver).toEqual([]);
  // One Postgres, one Temporal: none is left of the starts before, not even one that was killed before it could note its child.
  expect(processesNaming(data).length).toBeLessThanOrEqual(2);
});

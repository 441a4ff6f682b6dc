import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { answers, cleanUp, noted, start, temporaryFolder, until } from './launcher';

jest.setTimeout(240_000);

let thief: Server | undefined;
afterEach(async () => {
  thief?.close();
  await cleanUp();
});

/** The port that the API is to listen on, as a child of the launcher was told it; from /proc. */
function portToldTo(pid: number): number {
  const variables = readFileSync(`/proc/${String(pid)}/environ`, 'utf8').split('\0');
  return Number(variables.find((each) => each.startsWith('PORT='))?.slice('PORT='.length));
}

const whereThereIsProc = process.platform === 'linux' ? test : test.skip;

whereThereIsProc('a port that another program takes between its choice and its use is no end: all come up on other ports', async () => {
  const data = temporaryFolder();
  const launcher = start(data);
  await until('the programs start', () => noted(data).some(({ name }) => name === 'server'));
  const port = portToldTo(noted(data).find(({ name }) => name === 'server')?.pid ?? 0);
  thief = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve, reject) => thief?.once('listening', resolve).once('error', reject));
  const { url } = await launcher.ready();
  expect(launcher.output()).toContain(`Another program took port ${String(port)} meanwhile`);
  expect(new URL(url).port).not.toBe(String(port));
  expect(await answers(url)).toBe(true);
});

test('two concurrent starts with free ports both succeed, with different ports', async () => {
  const launchers = [start(temporaryFolder()), start(temporaryFolder())];
  const [first, second] = await Promise.all(launchers.map((launcher) => launcher.ready()));
  expect(first?.url).not.toBe(second?.url);
  expect(await Promise.all([first, second].map((each) => answers(each?.url ?? '')))).toEqual([true, true]);
});

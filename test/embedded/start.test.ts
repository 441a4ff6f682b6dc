import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect } from '../../db/connect';
import { isRunning } from '../../embedded/process-identity';
import { answers, cleanUp, noted, processesNaming, readableByOthers, start, temporaryFolder, until } from './launcher';

jest.setTimeout(240_000);

afterEach(cleanUp);

test('one command starts everything, a second is refused in one line, and Ctrl-C stops all', async () => {
  const data = temporaryFolder();
  const first = start(data);
  const running = await first.ready();
  expect(running.apiKey).toMatch(/^sk_test_\w{20,}$/);
  expect(await answers(running.url)).toBe(true);
  expect(await answers(running.temporalUi ?? '')).toBe(true);
  const children = noted(data);
  expect(children.map((child) => child.name).sort()).toEqual(['postgres', 'server', 'temporal', 'worker']);

  expect(readableByOthers(data)).toEqual([]);
  const sql = connect(running.databaseUrl, { max: 1 });
  const [role] = await sql`select rolsuper, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = current_user`;
  expect(role).toEqual({ rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false });
  await sql.end();

  const second = start(data);
  expect(await second.ended()).toBe(1);
  expect(second.output().trim()).toBe(`dunlin: Dunlin already runs with this data folder (pid ${first.pid}, ${running.url})`);
  expect(await answers(running.url)).toBe(true);

  first.process.kill('SIGINT');
  expect(await first.ended()).toBe(0);
  expect(children.filter(isRunning)).toEqual([]);
  expect(processesNaming(data)).toEqual([]);
  expect(existsSync(join(data, 'dev.json'))).toBe(false);
});

test('Ctrl-C during the start leaves nothing behind', async () => {
  const data = temporaryFolder();
  const launcher = start(data);
  await until('something runs', () => noted(data).length > 0);
  const children = noted(data);
  launcher.process.kill('SIGINT');
  expect(await launcher.ended()).toBe(0);
  expect(children.filter(isRunning)).toEqual([]);
  expect(processesNaming(data)).toEqual([]);
});

test('a port that is in use is reported in one line, with the variable that changes it', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const port = String((taken.address() as AddressInfo).port);
  const launcher = start(temporaryFolder(), { DUNLIN_TEMPORAL_PORT: port });
  expect(await launcher.ended()).toBe(1);
  expect(launcher.output().trim()).toBe(
    `dunlin: in use: port ${port} (Temporal: DUNLIN_TEMPORAL_PORT). Set the variable to another port, or PORT=0 to take free ones`,
  );
  taken.close();
});

test('a wrong variable is reported in one line with its name', async () => {
  const launcher = start(temporaryFolder(), { PORT: 'http' });
  expect(await launcher.ended()).toBe(1);
  expect(launcher.output().trim()).toBe('PORT must be a port number, 0 to 65535');
});

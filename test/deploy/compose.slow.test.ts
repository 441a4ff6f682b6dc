/** The compose file, read by the loader of the specification: `npm run test:deploy`. No container is started. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment, loadConfig } from '../../config';
import { composeLoader } from './tools';

jest.setTimeout(700_000);

const execute = promisify(execFile);
const compose = readFileSync(join(__dirname, '..', '..', 'docker-compose.yml'), 'utf8');
const PASSWORDS = { POSTGRES_PASSWORD: 'a', DUNLIN_POSTGRES_PASSWORD: 'b', TEMPORAL_POSTGRES_PASSWORD: 'c' };

interface Service {
  environment?: Record<string, string | number>;
  depends_on?: Record<string, { condition: string }>;
  ports?: { host_ip: string; published: string }[];
}

let program: string;
let folder: string;
beforeAll(async () => {
  program = await composeLoader();
  folder = mkdtempSync(join(tmpdir(), 'dunlin-compose-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The loader does not hand the environment on, so what is required is filled in before; what has a default, it fills in itself. */
async function load(given: Partial<typeof PASSWORDS>): Promise<{ services: Record<string, Service> }> {
  const file = join(folder, 'docker-compose.yml');
  const filled = Object.entries(given).reduce(
    (text, [name, value]) => text.replaceAll(new RegExp(`\\$\\{${name}:\\?[^}]*\\}`, 'g'), value),
    compose,
  );
  writeFileSync(file, filled);
  const { stdout } = await execute(program, ['-format', 'json', file], { cwd: folder, env: childEnvironment() });
  return JSON.parse(stdout) as { services: Record<string, Service> };
}

test('it fits the specification, and server and worker get an environment that Dunlin accepts', async () => {
  const { services } = await load(PASSWORDS);
  for (const name of ['server', 'worker', 'migrate']) {
    const given = Object.entries(services[name]?.environment ?? {}).map(([variable, value]) => [variable, String(value)]);
    const config = loadConfig(Object.fromEntries(given) as NodeJS.ProcessEnv);
    expect(config.databaseUrl).toBe('postgres://dunlin:b@postgres:5432/dunlin');
    expect([config.temporalAddress, config.metricsPort]).toEqual(['temporal:7233', 9464]);
  }
});

test('server and worker wait for the migrations, and only this machine reaches the published ports', async () => {
  const { services } = await load(PASSWORDS);
  for (const name of ['server', 'worker'])
    expect(services[name]?.depends_on?.['migrate']?.condition).toBe('service_completed_successfully');
  const published = Object.values(services).flatMap(({ ports = [] }) => ports);
  expect(published.length).toBeGreaterThan(1);
  expect(published.filter(({ host_ip: host }) => host !== '127.0.0.1')).toEqual([]);
});

test.each(['POSTGRES_PASSWORD', 'DUNLIN_POSTGRES_PASSWORD', 'TEMPORAL_POSTGRES_PASSWORD'])('without %s it is refused', async (name) => {
  const others = Object.fromEntries(Object.entries(PASSWORDS).filter(([each]) => each !== name));
  await expect(load(others)).rejects.toThrow(`required variable ${name} is missing a value`);
});

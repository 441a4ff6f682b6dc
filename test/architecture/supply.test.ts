/** What others make and Dunlin runs: it is named exactly, and runs nothing when it is installed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const compose = read('docker-compose.yml');

test('every package in the lock file has a hash', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { integrity?: string; link?: boolean }> };
  const unverified = Object.entries(packages).filter(([path, { integrity, link }]) => path !== '' && !link && integrity === undefined);
  expect(unverified.map(([path]) => path)).toEqual([]);
});

test('no package runs a script when it is installed, neither locally nor in the image', () => {
  expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true');
  expect(read('Dockerfile')).toMatch(/^COPY [^\n]*\.npmrc[^\n]*\nRUN npm ci/m);
});

test('every image has its full version or its digest', () => {
  const images = [...compose.matchAll(/^\s*image: (\S+)$/gm), ...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, name = '']) => name);
  const others = images.filter((name) => name !== 'dunlin');
  expect(others.length).toBeGreaterThan(4);
  expect(others.filter((name) => !/(@sha256:[0-9a-f]{64}|:v?\d+\.\d+(\.\d+)?(-\w+)?)$/.test(name))).toEqual([]);
});

test('the compose file contains no password, and does not start without one', () => {
  const passwords = [...compose.matchAll(/\$\{(\w*PASSWORD)([^}]*)\}/g)].map(([, name, rest = '']) => ({ name, rest }));
  expect([...new Set(passwords.map(({ name }) => name))].sort()).toEqual([
    'DUNLIN_POSTGRES_PASSWORD',
    'POSTGRES_PASSWORD',
    'TEMPORAL_POSTGRES_PASSWORD',
  ]);
  expect(passwords.filter(({ rest }) => !rest.startsWith(':?'))).toEqual([]);
  expect(compose).not.toMatch(/POSTGRES_USER: dunlin/);
});

test.each(['check', 'nightly'])('the workflow %s pins every action to a commit', (name) => {
  const actions = [...read(`.github/workflows/${name}.yml`).matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
  expect(actions.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

/** The Helm chart, rendered: `npm run test:deploy`. It is never installed, because there is no cluster here. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { childEnvironment, loadConfig } from '../../config';
import { helm, kubernetesFaults } from './tools';

jest.setTimeout(900_000);

const execute = promisify(execFile);
const chart = join(__dirname, '..', '..', 'deploy', 'helm', 'dunlin');
const KUBERNETES = ['1.28.0', '1.37.0'];

const VALUES = {
  image: { tag: '0.1.0-a' },
  existingSecret: 'dunlin',
  publicUrl: 'https://billing.example.com',
  temporal: { address: 'temporal:7233' },
};
const CLOUD = { address: 'ours.a1b2c.tmprl.cloud:7233', namespace: 'ours.a1b2c', tlsSecret: 'temporal-tls', tlsAuthority: true };
const EVERYTHING = {
  ...VALUES,
  temporal: { ...CLOUD, tlsServerName: 'ours.a1b2c.tmprl.cloud', uiUrl: 'https://cloud.temporal.io' },
  image: { tag: '0.1.0-b', pullSecrets: ['registry'] },
  worker: { versioning: true, previousTags: ['0.1.0-a'], nodeSelector: { pool: 'workers' } },
  server: { tolerations: [{ key: 'billing', operator: 'Exists' }] },
  ingress: { enabled: true, host: 'billing.example.com', tlsSecret: 'billing-tls', className: 'nginx', annotations: { a: 'b' } },
  monitoring: { podMonitor: true, rules: true, dashboard: true, labels: { release: 'prometheus' } },
  trustedProxies: '10.0.0.0/8,192.0.2.7',
  env: { REQUESTS_PER_SECOND: 500, PROCESSORS: 'sandbox,stripe@80' },
};

interface Manifest {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec: {
    template?: Template;
    selector?: { matchLabels?: Record<string, string> };
    groups?: { rules: unknown[] }[];
    [field: string]: unknown;
  };
  data?: Record<string, string>;
}
interface Template {
  metadata: { labels: Record<string, string> };
  spec: { terminationGracePeriodSeconds?: number; containers: Container[] };
}
interface Container {
  env: { name: string; value: string }[];
  command?: string[];
  args?: string[];
  envFrom: { secretRef: { name: string } }[];
}

let program: string;
let folder: string;
beforeAll(async () => {
  program = await helm();
  folder = mkdtempSync(join(tmpdir(), 'dunlin-helm-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const fileOf = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

async function run(command: string, values: object, ...given: string[]): Promise<string> {
  const file = fileOf('values.json', JSON.stringify(values));
  const { stdout } = await execute(program, [command, ...given, '--values', file], { env: childEnvironment({ HELM_CACHE_HOME: folder }) });
  return stdout;
}

const render = (values: object, version = '1.37.0', ...given: string[]): Promise<string> =>
  run('template', values, 'ours', chart, '--kube-version', version, ...given);

const manifestsOf = async (values: object, ...given: string[]): Promise<Manifest[]> =>
  parseAllDocuments(await render(values, '1.37.0', ...given)).map((document) => document.toJS() as Manifest);

const podsOf = (manifests: Manifest[]): (Manifest & { spec: { template: Template } })[] =>
  manifests.filter(
    (each): each is Manifest & { spec: { template: Template } } => each.kind !== 'ConfigMap' && each.spec.template !== undefined,
  );

const containerOf = (manifest: Manifest): Container => {
  const [container] = manifest.spec.template?.spec.containers ?? [];
  if (!container) throw new Error(`${manifest.metadata.name} has no container`);
  return container;
};

describe.each([
  ['the least', VALUES],
  ['everything', EVERYTHING],
])('with %s', (name, values) => {
  test('the linter finds nothing', async () => {
    expect(await run('lint', values, chart, '--strict')).toContain('1 chart(s) linted, 0 chart(s) failed');
  });

  test.each(KUBERNETES)('each manifest fits the schema of Kubernetes %s', async (version) => {
    const file = fileOf(`${name}-${version}.yaml`, await render(values, version, '--is-upgrade'));
    expect(await kubernetesFaults(file, version)).toBe('');
  });

  test('each container starts a program that is there, with an environment that Dunlin accepts', async () => {
    const pods = podsOf(await manifestsOf(values));
    expect(pods.length).toBeGreaterThanOrEqual(3);
    for (const pod of pods) {
      const { env, envFrom, command = [] } = containerOf(pod);
      expect(envFrom).toEqual([{ secretRef: { name: 'dunlin' } }]);
      const given = Object.fromEntries(env.map((each) => [each.name, each.value]));
      const config = loadConfig({ ...given, STRIPE_TEST_KEY: 'sk_test_1', DATABASE_URL: 'postgres://dunlin@postgres/dunlin' });
      expect([config.host, config.port, config.metricsPort, config.publicUrl]).toEqual(['0.0.0.0', 4010, 9464, values.publicUrl]);
      const script = command.find((each) => each.endsWith('.ts'));
      if (script !== undefined) await execute('test', ['-f', join(__dirname, '..', '..', script)]);
    }
  });

  test('selectors choose the pods of their own template, and a server has time to stop', async () => {
    const deployments = (await manifestsOf(values)).filter(({ kind }) => kind === 'Deployment');
    for (const { spec } of deployments) expect(spec.template?.metadata.labels).toMatchObject(spec.selector?.matchLabels ?? { none: '' });
    const server = deployments.find(({ metadata }) => metadata.name.endsWith('-server'));
    expect(server?.spec.template?.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(10 + 20 + 10);
  });
});

test('without versions, an upgrade keeps the worker’s deployment: its name and selector have no tag', async () => {
  const [before, after] = await Promise.all([manifestsOf(VALUES), manifestsOf({ ...VALUES, image: { tag: '0.1.0-z' } })]);
  const identity = (manifests: Manifest[]) =>
    manifests.filter(({ kind }) => kind === 'Deployment').map(({ metadata, spec }) => [metadata.name, spec.selector]);
  expect(identity(after)).toEqual(identity(before));
});

test('with versions, the workers of the previous tag stay, and a job after the upgrade gives the work to the new one', async () => {
  const manifests = await manifestsOf(EVERYTHING, '--is-upgrade');
  const workers = manifests.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name.includes('-worker-'));
  const builds = workers.map((worker) => containerOf(worker).env.find(({ name }) => name === 'DUNLIN_BUILD_ID')?.value);
  expect(builds).toEqual(['0.1.0-b', '0.1.0-a']);
  const [job] = manifests.filter(({ metadata }) => metadata.name.endsWith('-rollout'));
  expect(job?.metadata.annotations?.['helm.sh/hook']).toBe('post-install,post-upgrade');
  expect(job && [containerOf(job).command?.slice(-2), containerOf(job).args]).toEqual([
    ['scripts/rollout.ts', 'to'],
    ['--ramp', '10', '--for', '60'],
  ]);
  const back = await manifestsOf({ ...EVERYTHING, rollout: { restart: true } }, '--is-upgrade');
  const [way] = back.filter(({ metadata }) => metadata.name.endsWith('-rollout'));
  expect(way && containerOf(way).args).toEqual(['--restart']);
});

test('migrations run before anything else is changed', async () => {
  const [job] = (await manifestsOf(VALUES)).filter(({ metadata }) => metadata.name.endsWith('-migrate'));
  expect(job?.metadata.annotations?.['helm.sh/hook']).toBe('pre-install,pre-upgrade');
});

test('Prometheus’s rules and Grafana’s dashboard arrive as they are in the files', async () => {
  const manifests = await manifestsOf(EVERYTHING);
  const rules = manifests.find(({ kind }) => kind === 'PrometheusRule');
  expect(rules?.spec.groups?.[0]?.rules.length).toBeGreaterThan(10);
  const dashboard = manifests.find(({ data }) => data?.['dunlin.json'] !== undefined);
  expect((JSON.parse(dashboard?.data?.['dunlin.json'] ?? '{}') as { title?: string }).title).toBe('Dunlin');
});

test.each([
  ['no tag', { image: { tag: '' } }, '/image/tag'],
  ['no secret', { existingSecret: '' }, '/existingSecret'],
  ['an address of Temporal without a port', { temporal: { address: 'temporal' } }, '/temporal/address'],
  ['a secret among the open variables', { env: { DATABASE_URL: 'postgres://u:p@h/d' } }, 'DATABASE_URL'],
  ['a variable that the chart sets itself', { env: { TRUSTED_PROXIES: '1' } }, 'TRUSTED_PROXIES'],
  ['a value that does not exist', { workers: 3 }, 'workers'],
  ['an ingress without a host', { ingress: { enabled: true } }, '/ingress/host'],
])('%s is refused, with the name of the value', async (_, change, named) => {
  await expect(render({ ...VALUES, ...change })).rejects.toThrow(named);
});

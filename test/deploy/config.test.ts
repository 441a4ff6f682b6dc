import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, loadConfig } from '../../config';
import { temporalConnectionOptions } from '../../temporal/connect';

const CLOUD = 'ours.a1b2c.tmprl.cloud:7233';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dunlin-certificates-'));
  for (const name of ['client.pem', 'client.key', 'ca.pem']) writeFileSync(join(folder, name), name);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const PAIR = () => ({
  TEMPORAL_TLS_CLIENT_CERT_PATH: join(folder, 'client.pem'),
  TEMPORAL_TLS_CLIENT_KEY_PATH: join(folder, 'client.key'),
});
const optionsOf = (env: NodeJS.ProcessEnv) => temporalConnectionOptions(loadConfig({ TEMPORAL_ADDRESS: CLOUD, ...env }));

describe('the connection to Temporal', () => {
  it('is plain to a cluster inside of the network', () => {
    expect(optionsOf({ TEMPORAL_ADDRESS: 'temporal:7233' })).toEqual({ address: 'temporal:7233', tls: false });
  });

  it('to Temporal Cloud by API key is TLS', () => {
    expect(optionsOf({ TEMPORAL_API_KEY: 'key' })).toEqual({ address: CLOUD, tls: true, apiKey: 'key' });
  });

  it('to Temporal Cloud by certificate is mutual TLS', () => {
    const pair = { crt: Buffer.from('client.pem'), key: Buffer.from('client.key') };
    expect(optionsOf(PAIR())).toEqual({ address: CLOUD, tls: { clientCertPair: pair } });
  });

  it('to a cluster with an authority of its own checks that authority, and the name that is given', () => {
    const env = { TEMPORAL_TLS_SERVER_CA_CERT_PATH: join(folder, 'ca.pem'), TEMPORAL_TLS_SERVER_NAME: 'temporal.internal' };
    const tls = { serverRootCACertificate: Buffer.from('ca.pem'), serverNameOverride: 'temporal.internal' };
    expect(optionsOf(env)).toEqual({ address: CLOUD, tls });
  });

  it('with a certificate in a file that is not there fails with the name of the file', () => {
    const lost = { TEMPORAL_TLS_CLIENT_CERT_PATH: join(folder, 'nowhere.pem'), TEMPORAL_TLS_CLIENT_KEY_PATH: join(folder, 'client.key') };
    expect(() => optionsOf(lost)).toThrow(/nowhere\.pem/);
  });

  it.each([
    [{ TEMPORAL_TLS_CLIENT_CERT_PATH: 'client.pem' }, 'TEMPORAL_TLS_CLIENT_KEY_PATH is not set: a client certificate needs its key'],
    [{ TEMPORAL_TLS_CLIENT_KEY_PATH: 'client.key' }, 'TEMPORAL_TLS_CLIENT_CERT_PATH is not set: a client certificate needs its key'],
    [{ TEMPORAL_TLS: 'false', TEMPORAL_TLS_SERVER_CA_CERT_PATH: 'ca.pem' }, 'TEMPORAL_TLS is false: the certificates for Temporal need it'],
  ])('is not begun with %j', (env, message) => {
    expect(() => loadConfig(env)).toThrow(new ConfigError(message));
  });
});

it.each(['61', '-1', 'soon'])('STOP_DELAY_SECONDS=%s is refused', (STOP_DELAY_SECONDS) => {
  expect(() => loadConfig({ STOP_DELAY_SECONDS })).toThrow(/STOP_DELAY_SECONDS must be a number of seconds, 0 to 60/);
});

it.each([
  ['1', 1],
  ['10.0.0.0/8, 192.0.2.7', ['10.0.0.0/8', '192.0.2.7']],
  ['loopback,2001:db8::/32', ['loopback', '2001:db8::/32']],
  ['', []],
])('TRUSTED_PROXIES=%s is taken', (TRUSTED_PROXIES, expected) => {
  expect(loadConfig({ TRUSTED_PROXIES }).trustedProxies).toEqual(expected);
});

it.each(['0', '10', 'true', '1,10.0.0.0/8', '10.0.0.0/33', '0.0.0.0/0', '::/0', 'proxy.internal', '10.0.0.1/8/8'])(
  'TRUSTED_PROXIES=%s is refused',
  (TRUSTED_PROXIES) => {
    expect(() => loadConfig({ TRUSTED_PROXIES })).toThrow(/^TRUSTED_PROXIES must be how many proxies stand in front, 1 to 9, or a list/);
  },
);

it('a pool of one connection is refused: a change that holds it would wait for itself', () => {
  expect(() => loadConfig({ DATABASE_POOL: '1' })).toThrow(
    new ConfigError('DATABASE_POOL must be a number of connections, 2 to 9999: a change holds one and needs a second'),
  );
  expect(loadConfig({ DATABASE_POOL: '2' }).databasePool).toBe(2);
});

describe('each variable', () => {
  const textOf = (name: string): string => readFileSync(join(__dirname, '..', '..', name), 'utf8');
  const variables = [...textOf('config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name);
  const among = (text: string, form: RegExp): string[] => [...text.matchAll(form)].map(([, name = '']) => name);
  const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

  it('of the Helm chart comes from a Secret, has a value of its own, or may be in `env`: one of them', () => {
    const secrets = variables.filter((name) => /(KEY|SECRETS?|PASSWORD|GUID)$|^(DATABASE|SMTP)_URL$/.test(name));
    expect(secrets.length).toBeGreaterThan(12);
    const own = among(textOf('deploy/helm/dunlin/templates/_helpers.tpl'), /\{ name: ([A-Z_]+), value:/g);
    expect(own).toContain('TRUSTED_PROXIES');
    expect(own.filter((name) => !variables.includes(name) || secrets.includes(name))).toEqual([]);
    const schema = JSON.parse(textOf('deploy/helm/dunlin/values.schema.json')) as {
      properties: { env: { propertyNames: { not: { enum: string[] } } } };
    };
    expect(sorted(schema.properties.env.propertyNames.not.enum)).toEqual(sorted([...secrets, ...own]));
  });

  it('can be set for the containers, unless the compose file leaves it out for a reason', () => {
    const passed = among(textOf('docker-compose.yml').split('\nx-ready:')[0] ?? '', /^ {4}([A-Z_]+): /gm);
    expect(sorted([...passed, ...Object.keys(NOT_IN_COMPOSE)])).toEqual(sorted(variables));
    expect(passed.filter((name) => name in NOT_IN_COMPOSE)).toEqual([]);
  });

  it('is in the table of docs/operations.md', () => {
    const operations = textOf('docs/operations.md');
    expect(variables.filter((name) => !operations.includes(`\`${name}\``))).toEqual([]);
  });
});

const ITS_TEMPORAL = 'The compose file has a Temporal of its own, without TLS, in the namespace `default`.';
const EMBEDDED = 'It is for `npm start`, which brings Postgres and Temporal with it.';
const NOT_IN_COMPOSE: Readonly<Record<string, string>> = {
  DUNLIN_API_KEY: 'The commands of `dunlin` read it, where they run.',
  DUNLIN_DATA: EMBEDDED,
  DUNLIN_POSTGRES_PORT: EMBEDDED,
  DUNLIN_TEMPORAL_PORT: EMBEDDED,
  DUNLIN_TEMPORAL_UI_PORT: EMBEDDED,
  TASK_QUEUE: 'One installation has one queue in its own Temporal.',
  TEMPORAL_API_KEY: ITS_TEMPORAL,
  TEMPORAL_NAMESPACE: ITS_TEMPORAL,
  TEMPORAL_TLS: ITS_TEMPORAL,
  TEMPORAL_TLS_CLIENT_CERT_PATH: ITS_TEMPORAL,
  TEMPORAL_TLS_CLIENT_KEY_PATH: ITS_TEMPORAL,
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: ITS_TEMPORAL,
  TEMPORAL_TLS_SERVER_NAME: ITS_TEMPORAL,
};

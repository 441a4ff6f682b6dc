/**
 * `npm run test:clients`: starts the product, fills it with a small seller, and runs programs of others against it, unchanged: what they install from
 * npm or PyPI, and what their own settings allow to configure. Each says how many of its checks passed. With arguments, only those clients.
 */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Stripe from 'stripe';
import { childEnvironment } from '../../config';
import { connect } from '../../db/connect';
import { cacheFolder } from '../../embedded/data-folder';
import { cleanUp, start, temporaryFolder } from '../embedded/launcher';
import { countsOf, fill } from './seller';

const execute = promisify(execFile);
const INSTALL_MS = 300_000;
const RUN_MS = 600_000;

interface Client {
  name: string;
  registry: 'npm' | 'PyPI';
  packages: string[];
  /** The script in `test/clients/<name>`, which prints lines `ok …` and `FAILED …`. */
  script: string;
}

const CLIENTS: Client[] = [
  {
    ...{ name: 'sync-engine', registry: 'npm', script: 'run.mjs' },
    packages: ['@supabase/stripe-sync-engine@0.48.5', 'stripe@22.6.2'],
  },
  {
    ...{ name: 'better-auth', registry: 'npm', script: 'run.mjs' },
    packages: ['better-auth@1.7.6', '@better-auth/stripe@1.7.6', 'better-call@1.4.0', 'stripe@22.6.2'],
  },
  { name: 'dj-stripe', registry: 'PyPI', packages: ['dj-stripe==2.11.0', 'django==5.2.19', 'stripe==15.6.2'], script: 'run.py' },
];

/** Clients that ask for a release of Stripe's API whose shapes Dunlin does not have. It refuses them at once, and each leaves this list when it does not. */
const REFUSED = [
  { name: 'airbyte-source-stripe 5.14.1', asks: '2022-11-15' },
  { name: 'tap-stripe 3.3.0', asks: '2022-11-15' },
];

/** Installed into a folder of its own; the script is copied into it, so that it finds its packages as a program of a user does. */
async function install({ name, registry, packages, script }: Client): Promise<string[]> {
  const folder = join(cacheFolder(childEnvironment()), 'clients', name);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(__dirname, name, script), join(folder, script));
  const options = { cwd: folder, timeout: INSTALL_MS };
  if (registry === 'PyPI') {
    const programs = join(folder, 'venv', 'bin');
    await execute('python3', ['-m', 'venv', join(folder, 'venv')], options);
    await execute(join(programs, 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages], options);
    return [join(programs, 'python'), join(folder, script)];
  }
  const place = ['--prefix', folder, '--no-audit', '--no-fund', '--no-save', '--legacy-peer-deps'];
  await execute('npm', ['install', ...place, ...packages], options);
  return [process.execPath, join(folder, script)];
}

interface Outcome {
  passed: number;
  failed: number;
}

async function run(client: Client, env: Record<string, string>): Promise<Outcome> {
  const [program = '', ...given] = await install(client);
  const output = await execute(program, given, {
    env: childEnvironment({ NODE_OPTIONS: '', ...env }),
    timeout: RUN_MS,
    maxBuffer: 50_000_000,
  }).then(
    ({ stdout }) => stdout,
    (error: unknown) => {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      return `${stdout}\nFAILED it ended with an error: ${stderr
        .trim()
        .split('\n')
        .filter((line) => /error/i.test(line))
        .slice(0, 3)
        .join(' ')}`;
    },
  );
  const lines = output.split('\n').filter((line) => /^(ok|FAILED) /.test(line));
  process.stdout.write(`${lines.map((line) => `  ${line}`).join('\n')}\n`);
  const passed = lines.filter((line) => line.startsWith('ok ')).length;
  return { passed, failed: lines.length - passed + (passed === 0 ? 1 : 0) };
}

/** A database for what the clients keep; one of them insists on the role `postgres`. */
async function databaseOfClients(folder: string, databaseUrl: string): Promise<string> {
  const administrator = new URL(databaseUrl);
  const password = readFileSync(join(folder, 'postgres-administrator-password'), 'utf8').trim();
  Object.assign(administrator, { username: 'postgres', password, pathname: '/postgres' });
  const sql = connect(administrator.href, { max: 1, name: 'dunlin-clients' });
  await sql.unsafe('create database clients');
  await sql.end();
  administrator.pathname = '/clients';
  return administrator.href;
}

async function main(named: string[]): Promise<void> {
  const unknown = named.filter((each) => !CLIENTS.some(({ name }) => name === each));
  if (unknown.length > 0) throw new Error(`no such client: ${unknown.join(', ')}`);
  const folder = temporaryFolder();
  const { url, apiKey, databaseUrl } = await start(folder, { LOG_LEVEL: 'warn' }).ready();
  const { hostname: host, port } = new URL(url);
  const stripe = new Stripe(apiKey, { host, port, protocol: 'http', telemetry: false });
  await fill(stripe);
  const env = {
    DUNLIN_URL: url,
    DUNLIN_KEY: apiKey,
    CLIENT_DATABASE_URL: await databaseOfClients(folder, databaseUrl),
  };
  const summary: string[] = [];
  for (const client of CLIENTS.filter(({ name }) => named.length === 0 || named.includes(name))) {
    process.stdout.write(`${client.name}: ${client.packages.join(', ')}\n`);
    const { passed, failed } = await run(client, { ...env, EXPECTED: JSON.stringify(await countsOf(stripe)) });
    summary.push(`${client.name}: ${String(passed)} of ${String(passed + failed)} checks passed`);
    if (failed > 0) process.exitCode = 1;
  }
  for (const { name, asks } of named.length === 0 ? REFUSED : []) {
    const headers = { Authorization: `Bearer ${apiKey}`, 'Stripe-Version': asks };
    const answer = await (await fetch(`${url}/v1/customers`, { headers })).text();
    if (!answer.includes('Invalid Stripe API version')) process.exitCode = 1;
    summary.push(`${name}: not supported, asks for ${asks}; Dunlin answers ${answer.replace(/\s+/g, ' ').slice(0, 160)}`);
  }
  process.stdout.write(`\n${summary.join('\n')}\n`);
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => void cleanUp());

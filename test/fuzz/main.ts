/**
 * `npm run test:fuzz`: starts the product, lets it live every lifecycle once, and has schemathesis call every operation of the
 * OpenAPI document with what fits it and what does not. No answer may be a fault of the server, of another type than JSON, or of
 * another shape than the document says. More options of schemathesis can be given: `npm run test:fuzz -- --max-examples 200 --seed 7`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Stripe from 'stripe';
import { childEnvironment } from '../../config';
import { cacheFolder } from '../../embedded/data-folder';
import { lifecycles } from '../../scripts/lifecycles';
import { cleanUp, start, temporaryFolder } from '../embedded/launcher';

const PATIENCE_SECONDS = 60;
const CHECKS = ['not_a_server_error', 'status_code_conformance', 'content_type_conformance', 'response_schema_conformance'];
const USUAL = ['--max-examples', '40', '--phases', 'examples,coverage,fuzzing'];

const caches = join(cacheFolder(childEnvironment()), 'fuzz');

async function main(options: string[]): Promise<void> {
  const schemathesis = await installed();
  const { url, apiKey } = await start(temporaryFolder(), { LOG_LEVEL: 'warn' }).ready();
  const { hostname: host, port } = new URL(url);
  const stripe = new Stripe(apiKey, { host, port, protocol: 'http', telemetry: false });
  for (const [name, live] of Object.entries(lifecycles)) {
    process.stdout.write(`living ${name}\n`);
    await live(stripe);
  }
  process.exitCode = await run([schemathesis, 'run', `${url}/openapi.json`, ...optionsFor(url, apiKey), ...USUAL, ...options], {
    ...{ DUNLIN_URL: url, DUNLIN_KEY: apiKey },
    ...{ SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: __dirname, PYTHONDONTWRITEBYTECODE: '1' },
  });
}

function optionsFor(url: string, apiKey: string): string[] {
  return [
    ...['--url', url, '--header', `Authorization: Bearer ${apiKey}`],
    ...['--checks', CHECKS.join(',')],
    // The sandbox misbehaves on request, which is no fault of the server.
    ...['--exclude-path', '/v1/test_helpers/sandbox/faults'],
    ...['--continue-on-failure', '--request-timeout', String(PATIENCE_SECONDS)],
    ...['--suppress-health-check', 'all', '--warnings', 'off', '--generation-database', 'none'],
  ];
}

/** @returns path of schemathesis, which is installed in a virtual environment of its own */
async function installed(): Promise<string> {
  mkdirSync(caches, { recursive: true });
  const folder = join(caches, 'python');
  const requirements = join(__dirname, 'requirements.txt');
  const steps = [
    ['python3', '-m', 'venv', folder],
    [join(folder, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements],
  ];
  for (const step of steps) {
    const code = await run(step);
    if (code !== 0) throw new Error(`${step.join(' ')} exited with code ${String(code)}`);
  }
  return join(folder, 'bin', 'schemathesis');
}

async function run([program = '', ...values]: string[], env: Record<string, string> = {}): Promise<number> {
  // Schemathesis keeps what it has found where it is started, which must not be the checkout.
  const child = spawn(program, values, { cwd: caches, env: childEnvironment(env), stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => void cleanUp());

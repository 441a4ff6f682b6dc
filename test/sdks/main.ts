/**
 * `npm run test:sdks`: starts the product and lives the same life of a subscription through Stripe's official SDKs, unchanged, in
 * TypeScript, Python, Go and Java. `npm run test:sdks -- go java` runs some of them. A language whose tools are not installed is
 * skipped, which is said aloud, and is a failure where `CI` is set.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { childEnvironment } from '../../config';
import { createAccount } from '../../db/accounts';
import { connect, type Sql } from '../../db/connect';
import { cacheFolder } from '../../embedded/data-folder';
import { cleanUp, start, temporaryFolder } from '../embedded/launcher';

/** How many facts every life checks. */
const CHECKS = 22;

interface Life {
  language: string;
  /** Programs that must be installed. */
  tools: string[];
  /** Commands, one after another; the last one lives the life. */
  commands: string[][];
}

const caches = join(cacheFolder(childEnvironment()), 'sdks');
const python = join(caches, 'python');

const LIVES: Life[] = [
  { language: 'typescript', tools: [], commands: [[process.execPath, '--import', 'tsx', 'life.ts']] },
  {
    language: 'python',
    tools: ['python3'],
    commands: [
      ['python3', '-m', 'venv', python],
      [join(python, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', '--requirement', 'requirements.txt'],
      [join(python, 'bin', 'python'), 'life.py'],
    ],
  },
  { language: 'go', tools: ['go'], commands: [['go', 'run', '.']] },
  {
    language: 'java',
    tools: ['java', 'mvn'],
    commands: [['mvn', '--quiet', '--batch-mode', `-Dbuild.folder=${join(caches, 'java')}`, 'compile', 'exec:java']],
  },
];

type Outcome = { language: string; outcome: 'passed' | 'failed' | 'skipped'; why?: string };

async function main(asked: string[]): Promise<void> {
  const unknown = asked.filter((name) => !LIVES.some(({ language }) => language === name));
  if (unknown.length > 0) throw new Error(`no such language: ${unknown.join(', ')}`);
  const folder = temporaryFolder();
  const { url, databaseUrl } = await start(folder).ready();
  const sql = connect(databaseUrl, { max: 1, name: 'dunlin-sdks' });
  const outcomes: Outcome[] = [];
  for (const life of LIVES.filter(({ language }) => asked.length === 0 || asked.includes(language))) {
    outcomes.push(await outcomeOf(life, url, sql));
  }
  await sql.end();
  report(outcomes);
}

async function outcomeOf(life: Life, url: string, sql: Sql): Promise<Outcome> {
  const { language } = life;
  const missing = life.tools.filter((tool) => spawnSync(tool, ['--help'], { stdio: 'ignore' }).error !== undefined);
  if (missing.length > 0) return { language, outcome: 'skipped', why: `${missing.join(' and ')} not installed` };
  process.stdout.write(`\n${language}\n`);
  const { keys } = await createAccount(sql, { name: language });
  const env = childEnvironment({ DUNLIN_URL: url, DUNLIN_KEY: keys.test });
  const why = await live(life, env);
  return why === null ? { language, outcome: 'passed' } : { language, outcome: 'failed', why };
}

/** @returns why the life failed, or null */
async function live({ language, commands }: Life, env: NodeJS.ProcessEnv): Promise<string | null> {
  mkdirSync(caches, { recursive: true });
  let printed = '';
  for (const [program = '', ...values] of commands) {
    const ran = await run([program, ...values], { cwd: join(__dirname, language), env });
    if (ran.code !== 0) return `${program} exited with code ${String(ran.code)}`;
    printed = ran.printed;
  }
  const checks = stripVTControlCharacters(printed).match(/^ok /gm)?.length ?? 0;
  return checks === CHECKS ? null : `${String(checks)} facts were checked instead of ${String(CHECKS)}`;
}

async function run(
  [program = '', ...values]: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<{ code: number; printed: string }> {
  const child = spawn(program, values, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    process.stdout.write(chunk);
  });
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => {
      resolve(127);
    });
    child.once('close', (ended) => {
      resolve(ended ?? 1);
    });
  });
  return { code, printed };
}

function report(outcomes: Outcome[]): void {
  const lines = outcomes.map(({ language, outcome, why }) => `${outcome.toUpperCase()} ${language}${why === undefined ? '' : `: ${why}`}`);
  process.stdout.write(`\n${lines.join('\n')}\n`);
  const mayBeSkipped = (childEnvironment()['CI'] ?? '') === '';
  const fine = outcomes.every(({ outcome }) => outcome === 'passed' || (outcome === 'skipped' && mayBeSkipped));
  process.exitCode = fine ? 0 : 1;
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => void cleanUp());

/**
 * `npm run test:sdks`: starts the product and lives the same life of a subscription through Stripe's official SDKs, unchanged, in
 * TypeScript, Python, Go and Java; then it runs the quickstarts of `examples`, in these languages, PHP and curl. `npm run test:sdks -- go
 * quickstart-php` runs some of them. A language whose tools are not installed is skipped, which is said aloud, and is a failure where `CI`
 * is set.
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

/** How many facts every program of a kind checks. */
const CHECKS = { life: 24, quickstart: 5 };

interface Program {
  name: string;
  kind: keyof typeof CHECKS;
  folder: string;
  /** Programs that must be installed. */
  tools: string[];
  /** Commands, one after another; the last one checks the facts. */
  commands: string[][];
  env?: NodeJS.ProcessEnv;
}

const caches = join(cacheFolder(childEnvironment()), 'sdks');
const python = join(caches, 'python');
const vendor = join(caches, 'php');

const pythonRuns = (file: string): string[][] => [
  ['python3', '-m', 'venv', python],
  [join(python, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', '--requirement', 'requirements.txt'],
  [join(python, 'bin', 'python'), file],
];
const mavenRuns = (name: string): string[][] => [
  ['mvn', '--quiet', '--batch-mode', `-Dbuild.folder=${join(caches, name)}`, 'compile', 'exec:java'],
];
const typescriptRuns = (file: string): string[][] => [[process.execPath, '--import', 'tsx', file]];

const life = (language: string, tools: string[], commands: string[][]): Program => ({
  ...{ name: language, kind: 'life', folder: join(__dirname, language), tools, commands },
});
const quickstart = (language: string, tools: string[], commands: string[][], env?: NodeJS.ProcessEnv): Program => ({
  ...{ name: `quickstart-${language}`, kind: 'quickstart', tools, commands },
  folder: join(__dirname, '..', '..', 'examples', `quickstart-${language}`),
  ...(env === undefined ? {} : { env }),
});

const PROGRAMS: Program[] = [
  life('typescript', [], typescriptRuns('life.ts')),
  life('python', ['python3'], pythonRuns('life.py')),
  life('go', ['go'], [['go', 'run', '.']]),
  life('java', ['java', 'mvn'], mavenRuns('java')),
  quickstart('curl', ['bash', 'curl', 'openssl'], [['bash', 'quickstart.sh']]),
  quickstart('typescript', [], typescriptRuns('quickstart.mts')),
  quickstart('python', ['python3'], pythonRuns('quickstart.py')),
  quickstart('go', ['go'], [['go', 'run', '.']]),
  quickstart('java', ['java', 'mvn'], mavenRuns('quickstart-java')),
  quickstart(
    'php',
    ['php', 'composer'],
    [
      ['composer', 'install', '--quiet', '--no-interaction'],
      ['php', 'quickstart.php'],
    ],
    {
      COMPOSER_VENDOR_DIR: vendor,
    },
  ),
];

interface Options {
  cwd: string;
  env: NodeJS.ProcessEnv;
}

type Outcome = { name: string; outcome: 'passed' | 'failed' | 'skipped'; why?: string };

async function main(asked: string[]): Promise<void> {
  const unknown = asked.filter((name) => !PROGRAMS.some((program) => program.name === name));
  if (unknown.length > 0) throw new Error(`no such program: ${unknown.join(', ')}`);
  const folder = temporaryFolder();
  const { url, databaseUrl } = await start(folder).ready();
  const sql = connect(databaseUrl, { max: 1, name: 'dunlin-sdks' });
  const outcomes: Outcome[] = [];
  for (const program of PROGRAMS.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    outcomes.push(await outcomeOf(program, url, sql));
  }
  await sql.end();
  report(outcomes);
}

async function outcomeOf(program: Program, url: string, sql: Sql): Promise<Outcome> {
  const { name } = program;
  const missing = program.tools.filter((tool) => spawnSync(tool, ['--help'], { stdio: 'ignore' }).error !== undefined);
  if (missing.length > 0) return { name, outcome: 'skipped', why: `${missing.join(' and ')} not installed` };
  process.stdout.write(`\n${name}\n`);
  const { keys } = await createAccount(sql, { name });
  const env = childEnvironment({ ...program.env, DUNLIN_URL: url, DUNLIN_KEY: keys.test });
  mkdirSync(caches, { recursive: true });
  const options = { cwd: program.folder, env };
  const unprepared = await prepare(program.commands.slice(0, -1), options);
  if (unprepared !== null) return { name, outcome: 'skipped', why: `its packages cannot be installed: ${unprepared}` };
  const why = await check(program, options);
  return why === null ? { name, outcome: 'passed' } : { name, outcome: 'failed', why };
}

/** Installs packages. @returns the command that failed, or null */
async function prepare(commands: string[][], options: Options): Promise<string | null> {
  for (const command of commands) if ((await run(command, options)).code !== 0) return command.slice(0, 2).join(' ');
  return null;
}

/** @returns why the program failed, or null */
async function check({ kind, commands }: Program, options: Options): Promise<string | null> {
  const { code, printed } = await run(commands.at(-1) ?? [], options);
  if (code !== 0) return `it exited with code ${String(code)}`;
  const checks = stripVTControlCharacters(printed).match(/^ok /gm)?.length ?? 0;
  return checks === CHECKS[kind] ? null : `${String(checks)} facts were checked instead of ${String(CHECKS[kind])}`;
}

async function run([program = '', ...values]: string[], options: Options): Promise<{ code: number; printed: string }> {
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
  const lines = outcomes.map(({ name, outcome, why }) => `${outcome.toUpperCase()} ${name}${why === undefined ? '' : `: ${why}`}`);
  const passed = outcomes.filter(({ outcome }) => outcome === 'passed').length;
  process.stdout.write(`\n${lines.join('\n')}\n${String(passed)} of ${String(outcomes.length)} passed\n`);
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

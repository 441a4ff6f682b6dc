import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documents, files, pathOf, textOf } from './repository';

const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
const BUILT_IN = ['ci', 'install'];

describe('documents', () => {
  it.each(documents)('%s: its commands exist', (name) => {
    const named = [...textOf(name).matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test|ci|install)\b)/g)].map(
      ([, run, short]) => run ?? short ?? '',
    );
    expect(named.filter((script) => scripts[script] === undefined && !BUILT_IN.includes(script))).toEqual([]);
  });

  it.each(documents)('%s: its links point to files that exist', (name) => {
    const links = [...textOf(name).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target.replace(/#.*$/, ''));
    const relative = links.filter((target) => target !== '' && !/^[a-z]+:/.test(target));
    expect(relative.filter((target) => !existsSync(pathOf(join(dirname(name), target))))).toEqual([]);
  });
});

/** The compose file has its own Temporal, no embedded programs, and runs no command that calls the API. */
const NOT_IN_COMPOSE = new Set([
  ...['DUNLIN_URL', 'DUNLIN_API_KEY'],
  ...['TEMPORAL_NAMESPACE', 'TEMPORAL_API_KEY', 'TEMPORAL_TLS', 'TASK_QUEUE'],
  ...['TEMPORAL_TLS_CLIENT_CERT_PATH', 'TEMPORAL_TLS_CLIENT_KEY_PATH', 'TEMPORAL_TLS_SERVER_CA_CERT_PATH', 'TEMPORAL_TLS_SERVER_NAME'],
  ...['DUNLIN_DATA', 'DUNLIN_POSTGRES_PORT', 'DUNLIN_TEMPORAL_PORT', 'DUNLIN_TEMPORAL_UI_PORT'],
]);

describe('the environment', () => {
  const variables = [...textOf('config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name);

  it('docs/operations.md has every variable', () => {
    const text = textOf('docs/operations.md');
    expect(variables.length).toBeGreaterThan(10);
    expect(variables.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it('.env.example has every variable, and the compose file every one that its containers can be given', () => {
    const [example, compose] = [textOf('.env.example'), textOf('docker-compose.yml')];
    expect(variables.filter((name) => !new RegExp(`^# ${name}=`, 'm').test(example))).toEqual([]);
    expect(variables.filter((name) => !NOT_IN_COMPOSE.has(name) && !new RegExp(`^ +${name}: `, 'm').test(compose))).toEqual([]);
  });

  it('.env.example and the compose file set no other variables of Dunlin', () => {
    const set = [...textOf('.env.example').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name = '']) => name);
    const compose = textOf('docker-compose.yml');
    expect(set.filter((name) => !variables.includes(name) && !compose.includes(name))).toEqual([]);
  });
});

describe('commands', () => {
  it('every npm script runs a file that exists', () => {
    const run = Object.values(scripts).flatMap((script) => script.match(/[\w/-]+\.ts\b/g) ?? []);
    expect(run.filter((name) => !files.includes(name))).toEqual([]);
  });
});

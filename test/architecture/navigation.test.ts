import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { files, pathOf, production, tests, textOf } from './repository';

const floors = JSON.parse(textOf('test/architecture/domain-floors.json')) as string[][];
const foldersIn = (layer: string): string[] => [
  ...new Set(files.filter((name) => name.endsWith('.ts') && name.split('/').length > 2 && name.startsWith(`${layer}/`)).map(secondOf)),
];
const secondOf = (name: string): string => name.split('/').slice(0, 2).join('/');

const layers = ['domain', 'server', 'db'];
const layerNames = new Set(files.filter((name) => name.includes('/')).map((name) => name.split('/')[0] ?? ''));
const folders = [...layers, ...layers.flatMap(foldersIn)];

describe('every folder of domain, server and db has a README that says what it owns', () => {
  it.each(folders)('%s', (folder) => {
    expect(files).toContain(`${folder}/README.md`);
    const text = textOf(`${folder}/README.md`);
    const parts = ['**Owns:**', '**Does not own:**', '**Invariants**', '**Times:**', '**Tests:**'];
    const expected = layers.includes(folder) ? [] : parts;
    expect(expected.filter((part) => !text.includes(part))).toEqual([]);
    expect(text.split('\n').length).toBeLessThan(45);
  });

  it('domain/README.md lists every floor', () => {
    const text = textOf('domain/README.md');
    expect(floors.flat().filter((folder) => !text.includes(`(${folder}/README.md)`))).toEqual([]);
  });
});

describe('paths in documents and comments exist', () => {
  const guides = [
    ...folders.map((folder) => `${folder}/README.md`),
    ...['ARCHITECTURE.md', 'CONTRIBUTING.md'],
    ...files.filter((name) => /^docs\/(guides\/.*|finding-your-way)\.md$/.test(name)),
  ];
  // A path in backticks that begins with a folder of ours. The guides' examples, a label and Acme, are nowhere.
  const named = (text: string): string[] =>
    [...text.matchAll(/`([a-z][\w-]*\/[\w./-]+)`/g)]
      .map(([, path = '']) => path)
      .filter((path) => existsSync(pathOf(path.split('/')[0] ?? '')) && !/label|acme/.test(path));

  it.each(guides)('%s', (guide) => {
    const paths = named(textOf(guide));
    const missing = paths.filter((path) => !existsSync(pathOf(path)) && !existsSync(pathOf(join(dirname(guide), path))));
    expect(missing).toEqual([]);
  });

  it('docs/finding-your-way.md: its functions are in the files that it names', () => {
    const named = [...textOf('docs/finding-your-way.md').matchAll(/`(\w+)`(?: and `(\w+)`)?(?: and its neighbors)? in `([\w/.-]+)`/g)];
    expect(named.length).toBeGreaterThan(20);
    const pairs = named.flatMap(([, first = '', second, file = '']) => [first, second ?? first].map((name) => [name, file] as const));
    expect(pairs.filter(([name, file]) => !new RegExp(`\\b${name}\\b`).test(textOf(file)))).toEqual([]);
  });

  it('in comments', () => {
    const commented = (name: string): string[] =>
      textOf(name)
        .split('\n')
        .filter((line) => /^\s*(\/\*\*|\*|\/\/) /.test(line))
        .flatMap((line) => line.match(/\b[a-z][\w-]*\/[\w./-]+\.(ts|md|json|sql)\b/g) ?? [])
        .filter((path) => layerNames.has(path.split('/')[0] ?? ''));
    const sources = [...production, ...tests];
    const missing = sources.flatMap((name) =>
      commented(name)
        .filter((path) => !existsSync(pathOf(path)))
        .map((path) => `${name}: ${path}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('the guided walk of ARCHITECTURE.md', () => {
  const walk = [...textOf('ARCHITECTURE.md').matchAll(/^\d+\. `([\w/.-]+\.ts)`:/gm)].map(([, name = '']) => name);

  it('has at most 25 files, each once', () => {
    expect(walk.length).toBeGreaterThan(15);
    expect(walk.length).toBeLessThanOrEqual(25);
    expect(new Set(walk).size).toBe(walk.length);
  });

  it('has no gap: each file follows from an earlier one directly or through one table, or a process or workflow begins there', () => {
    const begins = /^(server\/(routes|http\/execute)|workflows\/subscription|activities\/|db\/commit)/;
    const importedBy = (name: string): string[] =>
      [...textOf(name).matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => `${join(dirname(name), path)}.ts`);
    const once = walk.flatMap(importedBy).filter((name) => files.includes(name));
    const reached = new Set([...once, ...once.flatMap(importedBy)]);
    expect(walk.filter((name) => !reached.has(name) && !begins.test(name))).toEqual([]);
  });
});

describe('tests mirror the folders', () => {
  const folderOf = (name: string): string => dirname(name.replace(/^test\//, ''));

  it.each(['domain', 'server'])('test/%s has only folders that the code has', (layer) => {
    const folders = files.filter((name) => name.startsWith(`test/${layer}/`)).map(folderOf);
    expect([...new Set(folders)].filter((folder) => !existsSync(pathOf(folder)))).toEqual([]);
  });

  /** Guarantees that several files of db give together. */
  const TOGETHER = ['db/concurrent-rows'];

  it('test/db: each file is named after a file of db', () => {
    const subjects = files.filter((name) => /^test\/db\/.*\.test\.ts$/.test(name)).map((name) => name.replace(/^test\/|\.test\.ts$/g, ''));
    const alone = subjects.filter((subject) => !TOGETHER.includes(subject));
    expect(alone.filter((subject) => !['', '.ts', '.sql'].some((ending) => existsSync(pathOf(subject + ending))))).toEqual([]);
  });
});

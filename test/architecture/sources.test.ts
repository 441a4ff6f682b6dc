import ts from 'typescript';
import { files, production, textOf } from './repository';

/** Blank lines and comments count, unlike with the linter's limits, which are for the single file. */
const linesOf = (name: string): number => textOf(name).split('\n').length - 1;

function quantile(numbers: number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function functionLengths(name: string): number[] {
  const source = ts.createSourceFile(name, textOf(name), ts.ScriptTarget.ES2022, true);
  const lengths: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined && ts.isBlock(node.body)) {
      const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
      lengths.push(lineOf(node.end) - lineOf(node.getStart()) + 1);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lengths;
}

describe('source files and functions are short', () => {
  it('files: half under 80 lines, nine of ten under 200', () => {
    const lengths = production.map(linesOf);
    expect(quantile(lengths, 0.5)).toBeLessThanOrEqual(80);
    expect(quantile(lengths, 0.9)).toBeLessThanOrEqual(200);
  });

  it('functions: half under 12 lines, nine of ten under 35', () => {
    const lengths = production.flatMap(functionLengths);
    expect(quantile(lengths, 0.5)).toBeLessThanOrEqual(12);
    expect(quantile(lengths, 0.9)).toBeLessThanOrEqual(35);
  });
});

describe('file names', () => {
  const parts = files.filter((name) => /\.(ts|sql)$/.test(name)).map((name) => name.split('/'));

  it('are kebab-case', () => {
    expect(parts.map((path) => path.at(-1) ?? '').filter((file) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(file))).toEqual([]);
  });

  it('say what is inside', () => {
    const empty = /^(utils?|helpers?|common|shared|lib|misc|types|constants|v\d+)(\.ts)?$/;
    expect(parts.filter((path) => path.some((part) => empty.test(part))).map((path) => path.join('/'))).toEqual([]);
  });

  it('stand in folders at most three deep, and tests mirror them', () => {
    const depth = (path: string[]): number => path.length - (path[0] === 'test' ? 1 : 0);
    expect(parts.filter((path) => depth(path) > 4).map((path) => path.join('/'))).toEqual([]);
  });
});

describe('comments', () => {
  it('announce no unfinished work: open an issue instead', () => {
    const later = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`);
    const texts = files.filter((name) => /\.(ts|cjs|mjs|md|sql|ya?ml|json)$/.test(name) && name !== 'package-lock.json');
    expect(texts.filter((name) => later.test(textOf(name)))).toEqual([]);
  });

  it('contain no code', () => {
    const code = /^\s*\/\/.*(;|\{|=>)\s*$/m;
    expect(production.filter((name) => code.test(textOf(name)))).toEqual([]);
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

export const pathOf = (name: string): string => join(root, name);
export const textOf = (name: string): string => readFileSync(pathOf(name), 'utf8');

/** What is or will be in the repository: tracked files, and new ones that are not ignored. */
export const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((name) => name !== '' && existsSync(pathOf(name)));

const TESTS = /^test\//;

export const production = files.filter((name) => name.endsWith('.ts') && !TESTS.test(name));
export const tests = files.filter((name) => name.endsWith('.ts') && TESTS.test(name));
export const documents = files.filter((name) => name.endsWith('.md'));

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const NOT_OURS = new Set(['.git', '.dunlin', 'coverage', 'node_modules']);

export const pathOf = (name: string): string => join(root, name);
export const textOf = (name: string): string => readFileSync(pathOf(name), 'utf8');

/** What is in the repository, or will be: with or without git. */
export const files = filesIn('');

function filesIn(folder: string): string[] {
  return readdirSync(pathOf(folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesIn(name);
    return entry.isFile() ? [name] : [];
  });
}

const TESTS = /^test\//;

export const production = files.filter((name) => /\.tsx?$/.test(name) && !TESTS.test(name));
export const tests = files.filter((name) => /\.tsx?$/.test(name) && TESTS.test(name));
export const documents = files.filter((name) => name.endsWith('.md'));

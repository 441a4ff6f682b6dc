/** `npm run api-coverage`: writes docs/api-coverage.md, the supported part of Stripe's API, from the operations themselves; and the SDK's name of each call, for the code samples of the docs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_VERSION } from '../domain/rows/api-version';
import type { Operation } from '../server/http/operation';
import { SDK_CALLS_FILE } from '../server/manual/reference';
import { operations } from '../server/routes';
import { covers, NOT_SERVED } from './not-served';
import { sdkCalls, type SdkCall } from './sdk-calls';

export const COVERAGE_FILE = join(__dirname, '..', 'docs', 'api-coverage.md');

/** An operation's path without parameter names, to compare sides with different names. */
export const shapeOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path.replace(/:\w+/g, ':')}`;

/** Served apart from the operations, because they answer with a file (`server/documents`). */
const DOCUMENTS = [{ method: 'get', path: '/v1/quotes/:quote/pdf' }];

export function renderCoverage(): string {
  const calls = new Map(sdkCalls().map((call) => [shapeOf(call), call]));
  const own = operations.filter((operation) => operation.own).length;
  const tags = [...new Set(operations.map(({ tag }) => tag))].sort();
  const sections = tags.map((tag) =>
    sectionOf(
      tag,
      operations.filter((operation) => operation.tag === tag),
      calls,
    ),
  );
  return [
    '# API coverage',
    '',
    `\`npm run api-coverage\` writes this page; a test fails if it is stale. Dunlin supports ${operations.length - own} of Stripe's operations, as of ${API_VERSION},`,
    `and ${own} of its own. An unknown or unsupported parameter is a 400 that names it. The last column lists Stripe's parameters that`,
    'Dunlin does not support yet.',
    '',
    ...sections,
    `Also served, as a file: ${DOCUMENTS.map(({ method, path }) => `\`${method.toUpperCase()} ${path}\``).join(', ')}.`,
    '',
    ...missingOf(),
  ].join('\n');
}

function sectionOf(tag: string, members: Operation[], calls: Map<string, SdkCall>): string {
  const rows = [...members]
    .sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method))
    .map((operation) => rowOf(operation, calls));
  return [`## ${tag}`, '', '| operation | what | in the SDK | not yet |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

function rowOf(operation: Operation, calls: Map<string, SdkCall>): string {
  const { method, path, summary, own, unsupported } = operation;
  const call = calls.get(shapeOf(operation));
  const sdk = own ? "Dunlin's own" : call ? `\`${call.name}\`` : '';
  return `| \`${method.toUpperCase()} ${path}\` | ${summary} | ${sdk} | ${[...unsupported]
    .sort()
    .map((name) => `\`${name}\``)
    .join(', ')} |`;
}

const PUBLISHED_LINES = readFileSync(join(__dirname, 'published-operations.txt'), 'utf8').trim().split('\n');

const parsed = (line: string): { method: string; path: string } => {
  const [method = '', path = ''] = line.split(' ');
  return { method: method.toLowerCase(), path };
};

/** Stripe's published operations for billing and payments, as shapes. */
export const PUBLISHED = PUBLISHED_LINES.map((line) => shapeOf(parsed(line)));

export interface NotServed {
  why: string;
  /** Of the published ones, each by its name. */
  published: string[];
  /** Of the rest of the SDK, by resource: `issuing.*`. */
  resources: string[];
  /** How many calls those are. */
  calls: number;
}

/** @throws Error for an operation that is neither served nor has a reason, and for a reason that is of nothing */
export function notServed(): NotServed[] {
  const served = new Set([...operations, ...DOCUMENTS].map(shapeOf));
  const publishedShapes = new Set(PUBLISHED);
  const missing = PUBLISHED_LINES.filter((line) => !served.has(shapeOf(parsed(line))));
  const calls = sdkCalls().filter((call) => !served.has(shapeOf(call)) && !publishedShapes.has(shapeOf(call)));
  const unexplained = [
    ...missing.filter((line) => !isOf(line)),
    ...calls.filter((call) => !isOf(call.name, call.resource)).map(({ name }) => name),
  ];
  const idle = NOT_SERVED.flatMap(({ of }) => of).filter(
    (each) => !missing.includes(each) && !calls.some((call) => covers(each, call.name, call.resource)),
  );
  if (unexplained.length + idle.length > 0) {
    throw new Error(
      `scripts/not-served.ts has no reason for ${unexplained.join(', ') || 'nothing'}, and a reason for what is served: ${idle.join(', ') || 'none'}`,
    );
  }
  return NOT_SERVED.map(({ of, why }) => ({
    why,
    published: of.filter((each) => each.includes(' ')),
    resources: of.filter((each) => !each.includes(' ')),
    calls: calls.filter((call) => of.some((each) => covers(each, call.name, call.resource))).length,
  }));
}

const isOf = (name: string, resource = ''): boolean => NOT_SERVED.some(({ of }) => of.some((each) => covers(each, name, resource)));

function missingOf(): string[] {
  const all = notServed();
  const count = PUBLISHED.length - all.flatMap(({ published }) => published).length;
  const row = (names: string[], why: string): string => `| ${names.map((name) => `\`${name}\``).join(', ')} | ${why} |`;
  return [
    '## Not served, and why',
    '',
    `Stripe publishes ${String(PUBLISHED.length)} operations for billing and payments, and Dunlin serves ${String(count)} of them. The others answer 404:`,
    '',
    '| operations | why not |',
    '| --- | --- |',
    ...all.filter(({ published }) => published.length > 0).map(({ published, why }) => row(published, why)),
    '',
    'Of the rest of what its SDK calls:',
    '',
    '| resources | calls | why not |',
    '| --- | --: | --- |',
    ...all
      .filter(({ resources }) => resources.length > 0)
      .map(({ resources, calls, why }) =>
        row(
          resources.map((each) => each.replace(/\.$/, '.*')),
          `${String(calls)} | ${why}`,
        ),
      ),
    '',
  ];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By operation, one a line. */
export function renderSdkCalls(): string {
  const calls = new Map(sdkCalls().map((call) => [shapeOf(call), call.name]));
  const lines = operations.flatMap((operation) => {
    const name = calls.get(shapeOf(operation));
    return name === undefined
      ? []
      : [`  ${JSON.stringify(`${operation.method.toUpperCase()} ${operation.path}`)}: ${JSON.stringify(name)}`];
  });
  return `{\n${lines.sort().join(',\n')}\n}\n`;
}

if (require.main === module) {
  writeFileSync(COVERAGE_FILE, renderCoverage());
  writeFileSync(SDK_CALLS_FILE, renderSdkCalls());
}

/** `npm run api-coverage`: writes docs/api-coverage.md, the supported part of Stripe's API, from the operations themselves; and the SDK's name of each call, for the code samples of the docs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_VERSION } from '../domain/rows/api-version';
import type { Operation } from '../server/http/operation';
import { SDK_CALLS_FILE } from '../server/manual/reference';
import { operations } from '../server/routes';
import { sdkCalls, type SdkCall } from './sdk-calls';

export const COVERAGE_FILE = join(__dirname, '..', 'docs', 'api-coverage.md');

/** An operation's path without parameter names, to compare sides with different names. */
export const shapeOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path.replace(/:\w+/g, ':')}`;

/** Served apart from the operations, because they answer with a file (`server/documents`). */
const DOCUMENTS = [{ method: 'get', path: '/v1/quotes/:quote/pdf' }];

export function renderCoverage(): string {
  const calls = new Map(sdkCalls().map((call) => [shapeOf(call), call]));
  const served = new Set([...operations, ...DOCUMENTS].map(shapeOf));
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
    ...missingOf([...calls.values()], served),
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

/** The SDK's calls for resources that Dunlin supports in part. */
function missingOf(calls: SdkCall[], served: Set<string>): string[] {
  const resources = new Set(calls.filter((call) => served.has(shapeOf(call))).map(({ resource }) => resource));
  const missing = calls.filter((call) => resources.has(call.resource) && !served.has(shapeOf(call)));
  const lines = [...resources].sort().flatMap((resource) => {
    const names = missing.filter((call) => call.resource === resource).map(({ name }) => `\`${name.slice(resource.length + 1)}\``);
    return names.length === 0 ? [] : [`- \`${resource}\`: ${names.join(', ')}`];
  });
  return ['## Not yet, of these resources', '', "Calls of Stripe's SDK that answer 404.", '', ...lines, ''];
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

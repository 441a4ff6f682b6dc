import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_VERSION } from '../../../domain/rows/api-version';
import { answerNameOf } from '../../../server/http/answer-shape';
import { examplesIn } from '../../../server/docs/examples';
import { openApi, type Document } from '../../../server/docs/openapi';
import { operations } from '../../../server/routes';
import { judged } from '../../support/answer-judge';
import { wrongExamples } from './wrong-examples';

type Json = Record<string, unknown>;

let document: Document;
beforeAll(() => {
  document = openApi(operations, '/', API_VERSION);
});

/** Every schema below this one, with its place. */
function* schemasIn(value: unknown, place: string): Generator<[string, Json]> {
  if (typeof value !== 'object' || value === null) return;
  const schema = value as Json;
  yield [place, schema];
  for (const [key, each] of Object.entries(schema)) {
    if (!['example', 'examples', 'enum', 'const', 'required'].includes(key)) yield* schemasIn(each, `${place}/${key}`);
  }
}

test('every object of an answer is closed, so that an undocumented property is found', () => {
  const open = [...schemasIn(document.components?.schemas, '')]
    .filter(([, schema]) => schema['type'] === 'object' && 'properties' in schema && schema['additionalProperties'] !== false)
    .map(([place]) => place);
  expect(open).toEqual([]);
});

test('every reference in the document points to a shape or an example', () => {
  const components = document.components as unknown as Record<string, Json>;
  const dead = [...schemasIn(document, '')].flatMap(([place, { $ref: ref }]) => {
    const [, , section = '', name = ''] = typeof ref === 'string' ? ref.split('/') : [];
    return typeof ref === 'string' && components[section]?.[name] === undefined ? [`${place}: ${ref}`] : [];
  });
  expect(dead).toEqual([]);
});

test('each type of event that a planner emits has a shape', () => {
  const described = JSON.stringify(document.components?.schemas);
  const folder = join(__dirname, '../../../domain');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const emitted = sources.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/\.emit\w*\(\s*'([\w.]+)'/g)].map(([, type = '']) => type),
  );
  expect(emitted.length).toBeGreaterThan(90);
  expect([...new Set(emitted)].filter((type) => !described.includes(`"${type}"`))).toEqual([]);
});

// Those of the other release: shapes.slow.test.ts.
test(`each example of ${API_VERSION} fits its shape`, async () => {
  expect(await wrongExamples(API_VERSION)).toEqual([]);
});

test('each operation has an example of its answer', () => {
  const examples = examplesIn(API_VERSION);
  expect(operations.map(answerNameOf).filter((name) => !(name in examples))).toEqual([]);
});

test.each([
  ['an undocumented property', { surprise: 1 }, '/ must NOT have additional properties'],
  ['a time in milliseconds', { created: 1_767_225_600_000 }, '/created must match format "unix-time"'],
  ['an unknown enum value', { tax_exempt: 'maybe' }, '/tax_exempt must be equal to one of the allowed values'],
  ['null in a required property', { livemode: null }, '/livemode must be boolean'],
])('an answer with %s is reported with its operation', async (_, change, problem) => {
  const customer = { ...examplesIn(API_VERSION)['customer'], ...change };
  const answer = { operation: 'POST /v1/customers', status: 200, version: API_VERSION, body: JSON.stringify(customer) };
  const [wrong] = await judged([{ ...answer, isRecorded: true }]);
  expect(wrong).toContain(`POST /v1/customers (200, 2026-08-26.dahlia): ${problem}`);
});

import { COVERAGE_FILE, renderCoverage, shapeOf } from '../../scripts/api-coverage';
import { sdkCalls } from '../../scripts/sdk-calls';
import { operations } from '../../server/routes';
import { readFileSync } from 'node:fs';
import { files, tests, textOf } from './repository';

describe('operations', () => {
  it('docs/api-coverage.md lists what the routes serve (npm run api-coverage writes it)', () => {
    expect(readFileSync(COVERAGE_FILE, 'utf8') === renderCoverage()).toBe(true);
  });

  it('no two operations serve the same method and path', () => {
    const shapes = operations.map(shapeOf);
    expect(shapes.filter((shape, index) => shapes.indexOf(shape) !== index)).toEqual([]);
  });

  it('operations that Stripe does not have are marked as Dunlin’s own', () => {
    const stripes = new Set(sdkCalls().map(shapeOf));
    /** In Stripe's published schema, but not in its SDK. */
    const known = new Set([
      'get /v1/customers/:/discount',
      ...['get', 'post'].map((method) => `${method} /v1/customers/:/subscriptions`),
      ...['delete', 'get', 'post'].map((method) => `${method} /v1/customers/:/subscriptions/:`),
      ...['delete', 'get'].map((method) => `${method} /v1/customers/:/subscriptions/:/discount`),
      ...['get', 'post'].map((method) => `${method} /v1/customers/:/cards`),
      ...['delete', 'get', 'post'].map((method) => `${method} /v1/customers/:/cards/:`),
    ]);
    const unmarked = operations.filter((operation) => !operation.own && !stripes.has(shapeOf(operation)) && !known.has(shapeOf(operation)));
    expect(unmarked.map(shapeOf)).toEqual([]);
    expect(operations.filter((operation) => operation.own && stripes.has(shapeOf(operation))).map(shapeOf)).toEqual([]);
  });

  it('a test or an example calls each operation', () => {
    const callers = [...tests, ...files.filter((name) => name.startsWith('examples/'))];
    const text = callers.map((name) => textOf(name).replace(/\s+/g, '')).join('\n');
    const calls = new Map(sdkCalls().map((call) => [shapeOf(call), call.name]));
    const silent = operations.filter((operation) => !isCalled(text, operation.path, calls.get(shapeOf(operation))));
    expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  function isCalled(text: string, path: string, call: string | undefined): boolean {
    if (call !== undefined && text.includes(`.${call}(`)) return true;
    const given = path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/\'"`]+');
    return new RegExp(`${given}['"\`?]`).test(text);
  }
});

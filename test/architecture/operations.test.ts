import { COVERAGE_FILE, PUBLISHED, renderCoverage, renderSdkCalls, shapeOf } from '../../scripts/api-coverage';
import { sdkCalls } from '../../scripts/sdk-calls';
import { SDK_CALLS_FILE } from '../../server/manual/reference';
import { operations } from '../../server/routes';
import { readFileSync } from 'node:fs';
import { files, tests, textOf } from './repository';

describe('operations', () => {
  it('docs/api-coverage.md lists what the routes serve (npm run api-coverage writes it)', () => {
    expect(readFileSync(COVERAGE_FILE, 'utf8') === renderCoverage()).toBe(true);
  });

  it('the SDK’s names of calls in the manual’s examples are those of the SDK (npm run api-coverage writes them)', () => {
    expect(readFileSync(SDK_CALLS_FILE, 'utf8') === renderSdkCalls()).toBe(true);
  });

  it('each published operation is served, or the coverage page has it with the reason', () => {
    expect(PUBLISHED).toHaveLength(320);
    const served = new Set(operations.map(shapeOf));
    const page = textOf('docs/api-coverage.md').split('## Not served, and why')[1] ?? '';
    const shapes = new Set(
      [...page.matchAll(/`([A-Z]+) (\/v1[^`]+)`/g)].map(([, method = '', path = '']) => shapeOf({ method: method.toLowerCase(), path })),
    );
    expect(PUBLISHED.filter((shape) => !served.has(shape) && !shapes.has(shape))).toEqual(['get /v1/quotes/:/pdf']);
    expect(PUBLISHED.filter((shape) => served.has(shape) && shapes.has(shape))).toEqual([]);
  });

  it('no two operations serve the same method and path', () => {
    const shapes = operations.map(shapeOf);
    expect(shapes.filter((shape, index) => shapes.indexOf(shape) !== index)).toEqual([]);
  });

  it('operations that Stripe does not have are marked as Dunlin’s own', () => {
    // The SDK has no call for some published paths of older clients.
    const stripes = new Set([...sdkCalls().map(shapeOf), ...PUBLISHED]);
    const unmarked = operations.filter((operation) => !operation.own && !stripes.has(shapeOf(operation)));
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

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { BookLoaders } from '../../observability/books';
import { createHttpMetrics } from '../../observability/http-metrics';
import { createOperators } from '../../observability/operators';
import { Readiness } from '../../observability/readiness';
import { createWorkerMetrics } from '../../observability/worker-metrics';

const textOf = (name: string): string => readFileSync(join(__dirname, '..', '..', name), 'utf8');

/** Names of the series that server and worker show, those of histograms spelled out. */
function shown(): Set<string> {
  const operators = createOperators({
    ...{ version: 'test', readiness: new Readiness({}), log: pino({ level: 'silent' }) },
    books: {} as BookLoaders,
  });
  createHttpMetrics(operators.registry);
  createWorkerMetrics(operators.registry);
  const metrics = operators.registry.getMetricsAsArray() as { name: string; type?: unknown; buckets?: unknown }[];
  return new Set(metrics.flatMap(({ name }) => [name, `${name}_count`, `${name}_sum`, `${name}_bucket`]));
}

const seriesIn = (text: string): string[] => [...text.matchAll(/\b(?:dunlin|nodejs|process)_[a-z0-9_]+\b/g)].map(([name]) => name);

test('every alert of docs/alerts.yml uses series that Dunlin exports', () => {
  const expressions = [...textOf('docs/alerts.yml').matchAll(/^ +expr: (.+)$/gm)].map(([, expression = '']) => expression);
  const names = expressions.flatMap(seriesIn);
  expect(names.length).toBeGreaterThanOrEqual(expressions.length);
  expect(names.filter((name) => !shown().has(name))).toEqual([]);
});

test('the runbook explains every alert, and names no series that does not exist', () => {
  const runbook = textOf('docs/operations.md');
  const alerts = [...textOf('docs/alerts.yml').matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name);
  expect(alerts.length).toBeGreaterThan(10);
  expect(alerts.filter((name) => !runbook.includes(`\`${name}\``))).toEqual([]);
  expect(seriesIn(runbook).filter((name) => !shown().has(name))).toEqual([]);
});

test('the runbook lists every figure of Dunlin', () => {
  const runbook = textOf('docs/operations.md');
  const own = [...shown()].filter((name) => name.startsWith('dunlin_') && !/_(count|sum|bucket)$/.test(name));
  expect(own.length).toBeGreaterThan(15);
  expect(own.filter((name) => !runbook.includes(`\`${name}\``))).toEqual([]);
});

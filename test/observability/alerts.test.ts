import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { BookLoaders } from '../../observability/books';
import { createHttpMetrics } from '../../observability/http-metrics';
import { createOperators } from '../../observability/operators';
import { Readiness } from '../../observability/readiness';
import { createWorkerMetrics } from '../../observability/worker-metrics';

const textOf = (name: string): string => readFileSync(join(__dirname, '..', '..', name), 'utf8');

/** Every metric of server and worker. */
function metrics(): { name: string; labelNames?: string[] }[] {
  const operators = createOperators({
    ...{ version: 'test', readiness: new Readiness({}), log: pino({ level: 'silent' }) },
    books: {} as BookLoaders,
  });
  createHttpMetrics(operators.registry);
  createWorkerMetrics(operators.registry);
  const all: { name: string; labelNames?: string[] }[] = operators.registry.getMetricsAsArray();
  return all;
}

/** Names of their series, those of histograms spelled out. */
const shown = (): Set<string> => new Set(metrics().flatMap(({ name }) => [name, `${name}_count`, `${name}_sum`, `${name}_bucket`]));

const labelsShown = (): Set<string> => new Set(metrics().flatMap(({ labelNames = [] }) => labelNames));

/** Labels of a bucket, of a scrape, and of Temporal's core. */
const OF_PROMETHEUS = new Set(['le', 'pod', 'instance', 'worker_type']);

const seriesIn = (text: string): string[] => [...text.matchAll(/\b(?:dunlin|nodejs|process)_[a-z0-9_]+\b/g)].map(([name]) => name);

const ALERTS = 'deploy/helm/dunlin/files/alerts.yml';

test('every alert uses series that Dunlin exports', () => {
  const expressions = [...textOf(ALERTS).matchAll(/^ +expr: (.+)$/gm)].map(([, expression = '']) => expression);
  const names = expressions.flatMap(seriesIn);
  expect(names.length).toBeGreaterThanOrEqual(expressions.length);
  expect(names.filter((name) => !shown().has(name))).toEqual([]);
});

test('the runbook explains every alert, and names no series that does not exist', () => {
  const runbook = textOf('docs/operations.md');
  const alerts = [...textOf(ALERTS).matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name);
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

interface Panel {
  type: string;
  title: string;
  targets?: { expr: string }[];
}

describe('Grafana’s dashboard', () => {
  const { panels } = JSON.parse(textOf('deploy/helm/dunlin/files/dashboard.json')) as { panels: Panel[] };
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

  test('uses series that Dunlin exports, and only labels that they have', () => {
    expect(expressions.length).toBeGreaterThan(25);
    expect(expressions.flatMap(seriesIn).filter((name) => !shown().has(name))).toEqual([]);
    expect(expressions.filter((expression) => seriesIn(expression).length === 0)).toEqual([
      'sum by (worker_type) (temporal_worker_task_slots_available)',
    ]);
    const grouped = expressions.flatMap((expression) =>
      [...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/, */)),
    );
    expect([...new Set(grouped)].filter((label) => !labelsShown().has(label) && !OF_PROMETHEUS.has(label))).toEqual([]);
  });

  test('names only alerts that exist', () => {
    const alerts = [...textOf(ALERTS).matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name);
    const named = [...textOf('deploy/helm/dunlin/files/dashboard.json').matchAll(/\bDunlin[A-Z]\w+/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !alerts.includes(name))).toEqual([]);
  });

  test('every panel has a title and something to show', () => {
    expect(panels.filter(({ type, title, targets = [] }) => title === '' || (type !== 'row' && targets.length === 0))).toEqual([]);
  });
});

import type { z } from 'zod';
import { OBJECT_NAMES } from '../../../server/expansion/names';
import type { Operation } from '../../../server/http/operation';
import { secondsOf } from '../../../server/console/actions';
import { CHECKLIST } from '../../../server/console/checklist';
import { cellAt } from '../../../server/console/cells';
import { withTicks } from '../../../server/console/chart';
import { bare, propertyOf, rowTypeOf, shapeOf } from '../../../server/console/formats';
import { itemPath } from '../../../server/console/object-page';
import { OFFERS } from '../../../server/console/offers';
import { REPORTS } from '../../../server/console/reports';
import { SERIES } from '../../../server/console/series';
import { spansUntil } from '../../../server/console/series-page';
import { WAITS } from '../../../server/console/waits';
import { SECTIONS } from '../../../server/console/sections';
import { actionsOfList, type Action, type Column, type Section } from '../../../server/console/section';
import { plainTable } from '../../../server/console/tables';
import { operations as all } from '../../../server/routes';

const operations = new Map(all.map((each) => [`${each.method.toUpperCase()} ${each.path}`, each]));
const actionsOf = (section: Section): readonly Action[] => [...section.actions, ...actionsOfList(section)];

/** The shape of the objects of a list. */
function shapeIn(list: string, path = 'data'): z.ZodType {
  const { shows, answer } = operations.get(`GET ${list}`) as Operation;
  const shape = shows === null ? rowTypeOf(answer, path) : shapeOf({ object: OBJECT_NAMES[shows as keyof typeof OBJECT_NAMES] });
  if (shape === null) throw new Error(`${list} has no shape`);
  return shape;
}

/** Whether the shape has the value at a column's path. What may be anything has all of them. */
function has(type: z.ZodType, path: string): boolean {
  const { options } = type.def as unknown as { options?: z.ZodType[] };
  if (options) return options.some((each) => has(each, path));
  const [name = '', ...rest] = path.split('.');
  const next = propertyOf(type, name);
  if (next === null) return false;
  return rest.length === 0 || isAnything(next) || has(next, rest.join('.'));
}

const isAnything = (type: z.ZodType): boolean =>
  !['string', 'number', 'boolean', 'enum', 'literal', 'array', 'object'].includes(bare(type).def.type);

const wrongIn = (list: string, columns: readonly Column[], rows?: string): string[] =>
  columns.map(({ path }) => path).filter((path) => !has(shapeIn(list, rows), path));

test.each(SECTIONS.map((section) => [section.name, section] as const))('%s asks only for what the API has', (_, section) => {
  const calls = [
    `GET ${section.list}`,
    ...actionsOf(section).map(({ call }) => call),
    ...(section.subTable ? [`GET ${section.subTable.list}`] : []),
  ];
  expect(calls.filter((call) => !operations.has(call))).toEqual([]);
  if (section.item !== null) expect(itemPath({ operations }, section)).toMatch(/\/:\w+$/);
  expect(wrongIn(section.list, [...section.columns, ...(section.facts ?? []), ...(section.links ?? [])])).toEqual([]);
  if (section.subTable) {
    const { list, path, columns, sums = [] } = section.subTable;
    expect([...wrongIn(list, columns, path), ...sums.flatMap((each) => wrongIn(list, each.columns, each.path))]).toEqual([]);
  }
});

test.each(SECTIONS.map((section) => [section.name, section] as const))('%s is known by its `object`', (_, section) => {
  const { values } = propertyOf(shapeIn(section.list), 'object')?.def as unknown as { values: unknown[] };
  expect(shapeOf({ object: values[0] })).not.toBeNull();
});

test('what is no kind of row shows its times and amounts as such, also in its tables', () => {
  expect(cellAt({ object: 'repair', created: 1_782_864_000 }, 'created').text).toBe('2026-07-01');
  const item = { object: 'repair_item', currency: 'eur', says: 4_900 };
  expect(cellAt(item, 'says').text).toBe('€49.00');
  const lines = rowTypeOf(shapeOf({ object: 'shadow_invoice' }), 'ours.lines');
  const ofLines = { objects: [{ amount: 1_900 }], type: lines, currency: 'usd' };
  expect(plainTable('Lines here', [{ label: 'Amount', path: 'amount' }], ofLines).rows[0]?.[0]?.text).toBe('$19.00');
  const type = rowTypeOf(shapeOf({ object: 'forecast' }), 'months');
  const columns = ['start', 'revenue'].map((path) => ({ label: path, path }));
  const { rows } = plainTable('By month', columns, { objects: [{ start: 1_782_864_000, currency: 'eur', revenue: 562_660 }], type });
  expect(rows[0]?.map(({ text }) => text)).toEqual(['2026-07-01', '€5,626.60']);
});

test.each(SECTIONS.map((section) => [section.name, section] as const))('%s sends only parameters that the API takes', (_, section) => {
  const { parameters } = operations.get(`GET ${section.list}`) as Operation;
  const sent = [...(section.filters ?? []), ...Object.keys(section.always ?? {})];
  expect(sent.filter((name) => propertyOf(parameters, name) === null)).toEqual([]);
  for (const { call, fields, fixed = {}, as, inPath } of actionsOf(section)) {
    const taken = (operations.get(call) as Operation).parameters;
    const names = [
      ...fields.map(({ name }) => name).filter((name) => name !== inPath),
      ...Object.keys(fixed),
      ...(as === undefined ? [] : [as]),
    ];
    expect(names.filter((name) => propertyOf(taken, name.split('[')[0] ?? '') === null)).toEqual([]);
    expect([call, inPath === undefined || call.includes(`:${inPath}`)]).toEqual([call, true]);
  }
});

test('related lists can be limited to the object', () => {
  for (const { related = [] } of SECTIONS) {
    for (const { section: name, by, with: more = {} } of related) {
      const target = SECTIONS.find((each) => each.name === name);
      const { parameters } = operations.get(`GET ${target?.list ?? ''}`) as Operation;
      expect([name, [by, ...Object.keys(more)].filter((each) => propertyOf(parameters, each) === null)]).toEqual([name, []]);
    }
  }
});

test('reports ask for what the API has, with parameters that it takes', () => {
  for (const { call, fields, id } of REPORTS) {
    const operation = operations.get(call);
    expect([call, operation?.method]).toEqual([call, 'get']);
    const named = fields.map(({ name }) => name).filter((name) => name !== id);
    expect(named.filter((name) => propertyOf((operation as Operation).parameters, name) === null)).toEqual([]);
    expect(call.endsWith(`/:${id ?? ''}`)).toBe(id !== undefined);
  }
});

test('what fields offer is listed by the API, and named by properties that it has', () => {
  for (const { list, names } of Object.values(OFFERS)) {
    expect([list, operations.has(`GET ${list}`)]).toEqual([list, true]);
    expect([list, names.filter((path) => !has(shapeIn(list), path))]).toEqual([list, []]);
  }
});

test('a chart has round lines across, from above its highest value to below its lowest', () => {
  const lines = (...values: number[]): number[] => {
    const bars = values.map((value) => ({ label: String(value), parts: [], line: { value, text: '' } }));
    return withTicks({ title: 'Any', key: [], bars }, String).ticks.map(({ value }) => value);
  };
  expect(lines(0, 3)).toEqual([3, 2, 1, 0]);
  expect(lines(7, 38)).toEqual([40, 30, 20, 10, 0]);
  expect(lines(-12_000, 81_000)).toEqual([100_000, 50_000, 0, -50_000]);
});

test('charts ask for what the API has, span by span, without a gap', () => {
  for (const { call, spanOf, unit } of SERIES) {
    const operation = operations.get(call);
    expect([call, operation?.method]).toEqual([call, 'get']);
    const spans = spansUntil(Date.UTC(2026, 2, 2) / 1000, unit);
    expect(spans.slice(1).map(({ start }) => start)).toEqual(spans.slice(0, -1).map(({ end }) => end));
    expect(spans.at(-1)?.end).toBe(Date.UTC(2026, unit === 'week' ? 2 : 3, unit === 'week' ? 2 : 1) / 1000);
    for (const span of spans)
      expect(Object.keys(spanOf(span)).filter((name) => propertyOf((operation as Operation).parameters, name) === null)).toEqual([]);
  }
});

test('what waits for a person is listed with properties that the API has', () => {
  for (const { list, parameters, about, owner, deadline } of WAITS) {
    const call = `GET ${list}`;
    const paths = [about, ...(owner === null ? [] : [owner]), ...(deadline === null ? [] : [deadline])];
    expect([call, paths.filter((path) => !has(shapeIn(list), path))]).toEqual([call, []]);
    const taken = (operations.get(call) as Operation).parameters;
    expect([call, Object.keys(parameters).filter((name) => propertyOf(taken, name) === null)]).toEqual([call, []]);
  }
});

test('no two places have the same address, and an id leads to one of them', () => {
  const names = [
    ...SECTIONS.map(({ name }) => name),
    'reports',
    'search',
    'go-live',
    'waiting',
    'login',
    'logout',
    'mode',
    'setup',
    'forgotten',
  ];
  expect(new Set(names).size).toBe(names.length);
  const prefixes = SECTIONS.flatMap((section) => section.prefixes);
  expect(new Set(prefixes).size).toBe(prefixes.length);
});

test('each point of the way to the first sale asks for what the API has', () => {
  const calls = CHECKLIST.flatMap(({ points }) => points.map(({ call }) => call));
  expect(calls.filter((call) => !operations.has(call))).toEqual([]);
});

test.each([
  ['2026-11-30', '1795996800'],
  ['2026-11-30T10:00', '1796032800'],
  ['2026-02-31', '2026-02-31'],
  ['-1', '-1'],
  ['soon', 'soon'],
])('a day is sent as its first second, and what is none as it is, for the API to refuse: %s', (text, sent) => {
  expect(secondsOf(text)).toBe(sent);
});

import type { z } from 'zod';
import { operations } from '../../server/routes';

/** What a parameter's place takes: `POST /v1/customers shipping.name`. */
interface Place {
  at: string;
  takes: (value: string) => boolean;
}

type Schema = z.core.$ZodType;
interface Parts {
  type: string;
  shape?: Record<string, Schema>;
  element?: Schema;
  innerType?: Schema;
  options?: Schema[];
  valueType?: Schema;
  in?: Schema;
  out?: Schema;
}
const partsOf = (schema: Schema): Parts => schema._zod.def;

/** Every place of a schema where a text can stand, however deep it lies. What callers keep under keys of their own is theirs. */
function placesOf(schema: Schema, at: string): Place[] {
  const { type, shape, element, innerType, options, in: from, out } = partsOf(schema);
  if (shape) return Object.entries(shape).flatMap(([name, each]) => placesOf(each, `${at}.${name}`));
  const inner = element ?? innerType;
  if (inner) return placesOf(inner, at);
  if (options) return options.flatMap((each) => placesOf(each, at));
  const takesText = type === 'string' || (from && partsOf(from).type === 'string');
  if (takesText) return [textPlace(schema, at)];
  return out && isTransform(from) ? placesOf(out, at) : [];
}

const isTransform = (schema: Schema | undefined): boolean => schema !== undefined && partsOf(schema).type === 'transform';
const textPlace = (schema: Schema, at: string): Place => ({ at, takes: (value) => (schema as z.ZodType).safeParse(value).success });

const places = operations.flatMap(({ method, path, parameters }) => placesOf(parameters, `${method.toUpperCase()} ${path}`));
const taking = (value: string): string[] => places.filter(({ takes }) => takes(value)).map(({ at }) => at);

test('the search through the schemas finds the text parameters', () => {
  expect(places.length).toBeGreaterThan(500);
  expect(taking('a@b.example').length).toBeGreaterThan(200);
});

test.each([' ', '\t', '\u00a0', '\u200b', '\u2060\ufeff', '\u202e'])('no text parameter accepts only the invisible %j', (value) => {
  expect(taking(value)).toEqual([]);
});

test.each(['a\u0007', '\u001b[31ma', 'a\u0085', 'a\u007f', 'a\u202eb', 'a\u2066b', 'a\u200bb', 'a\ufeff', 'a\u{e0062}'])(
  'no text parameter accepts the control or invisible character in %j',
  (value) => {
    expect(taking(value)).toEqual([]);
  },
);

/** Texts that people write and read, of any number of lines; every other text has one line. */
const OF_MANY_LINES = [
  'comment',
  'csv',
  'custom_message',
  'description',
  'footer',
  'inactive_message',
  'mail',
  'memo',
  'message',
  'note',
  'query',
];

test('only free text for people, and a file, may have several lines', () => {
  const names = taking('a\nb').filter((at) => !at.includes('.evidence.'));
  const last = [...new Set(names.map((at) => at.slice(at.lastIndexOf('.') + 1)))].sort();
  expect(last.filter((name) => !OF_MANY_LINES.includes(name))).toEqual([]);
});

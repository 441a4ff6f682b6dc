/** What an event says of a person must be erasable: it is sealed with the key of the customer. */
import { z } from 'zod';
import { withoutPerson } from '../../domain/event/person';
import { event } from '../../objects/shapes/event';

type Json = Record<string, unknown>;

/** Fields that look like a person's and are not: the seller's own words and references, names of banks, and what is compared instead of a number. */
const OF_NOBODY: readonly RegExp[] = [
  /\.(account_name|account_tax_ids|bank_name|display_name|event_name|fingerprint)$/,
  /^billing\.(credit_grant|credit_top_up\.credit_grant)\.name$/,
  /^(billing_portal\.configuration|coupon|product|product\.marketing_features|test_helpers\.test_clock)\.name$/,
];

const LOOKS_PERSONAL = /(^|_)(name|address|email|phone|zip|postal_code|line1|line2|city|tax_ids?|birth|ip|fingerprint|user_agent)(_|$)/;

interface EventSchema {
  properties: { data: { properties: { object: Json } } };
}

const resolved = (schema: Json, defs: Json): Json => {
  const ref = schema['$ref'];
  return typeof ref === 'string' ? resolved((defs[ref.replace('#/$defs/', '')] ?? {}) as Json, defs) : schema;
};

function eventsIn(all: Json, defs: Json): EventSchema[] {
  const { oneOf, anyOf } = resolved(all, defs);
  return ((oneOf ?? anyOf ?? []) as Json[]).map((each) => resolved(each, defs) as unknown as EventSchema);
}

/** Of several schemas the first that is not null, of several values the first. */
function chosen(schema: Json, defs: Json): Json {
  const { anyOf, oneOf, enum: values, ...rest } = resolved(schema, defs);
  const choices = (anyOf ?? oneOf) as Json[] | undefined;
  if (choices !== undefined) return chosen(choices.find(({ type }) => type !== 'null') ?? {}, defs);
  return Array.isArray(values) ? { const: values[0] as unknown } : rest;
}

const SAMPLES: Readonly<Record<string, unknown>> = { boolean: true, integer: 1, number: 1, string: 'a word' };
const DEPTH_MAX = 12;

/** An object of this schema in which each text is there. */
function sampleOf(schema: Json, defs: Json, depth = 0): unknown {
  const one = chosen(schema, defs);
  if ('const' in one) return one['const'];
  const type = [one['type']].flat().find((each) => each !== 'null');
  const inner = (each: unknown): unknown => (depth < DEPTH_MAX ? sampleOf((each ?? {}) as Json, defs, depth + 1) : null);
  if (type === 'array') return [inner(one['items'])];
  if (type !== 'object') return SAMPLES[String(type)] ?? null;
  return Object.fromEntries(Object.entries((one['properties'] ?? {}) as Json).map(([name, each]) => [name, inner(each)]));
}

function* textsIn(value: unknown, path: string): Generator<string> {
  if (value === 'a word') yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value)) yield* textsIn(each, Array.isArray(value) ? path : `${path}.${name}`);
}

test('no event shows a field that looks like a person’s without its key, unless it is known to be nobody’s', () => {
  const all = z.toJSONSchema(event, { unrepresentable: 'any' }) as Json;
  const defs = all['$defs'] as Json;
  const options = eventsIn(all, defs);
  expect(options.length).toBeGreaterThan(40);
  const left = new Set<string>();
  for (const { properties } of options) {
    const { rest } = withoutPerson(sampleOf(properties.data.properties.object, defs) as Json);
    for (const path of textsIn(rest, String(rest['object']))) {
      if (LOOKS_PERSONAL.test(path.split('.').at(-1) ?? '')) left.add(path);
    }
  }
  expect([...left].filter((path) => !OF_NOBODY.some((each) => each.test(path))).sort()).toEqual([]);
});

/** What tools take, as JSON Schema. Nested objects are only named: `describe_operation` has all of them, and validation is the API's. */
import { z } from 'zod';
import { namesInPath, type Operation } from '../http/operation';
import type { Json } from './calls';

export interface InputSchema {
  [key: string]: unknown;
  type: 'object';
  properties: Record<string, Json>;
  required?: string[];
  additionalProperties: false;
}

export const IDEMPOTENCY_KEY_MAX = 100;

const IDEMPOTENCY_KEY: Json = {
  type: 'string',
  minLength: 8,
  maxLength: IDEMPOTENCY_KEY_MAX,
  description:
    'A new random text for each change that you intend. The same one again, with the same arguments, gives the first answer and changes nothing.',
};

const DRY_RUN: Json = { type: 'boolean', description: 'True: only show what it would cost. Nothing changes.' };

/** Making one takes milliseconds, and a list of tools shows dozens. */
const made = new WeakMap<Operation, Json>();

/** Everything that an operation takes, nested. */
export function fullSchema(operation: Operation): Json {
  const known = made.get(operation) ?? schemaOf(operation);
  made.set(operation, known);
  return known;
}

function schemaOf({ parameters }: Operation): Json {
  const schema = z.toJSONSchema(parameters, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      const { override, ...rest } = jsonSchema as Json & { override?: Json };
      if (override === undefined) return;
      for (const name of Object.keys(rest)) Reflect.deleteProperty(jsonSchema, name);
      Reflect.deleteProperty(jsonSchema, 'override');
      Object.assign(jsonSchema, override);
    },
  }) as Json;
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema'));
}

/** Of a tool with a name: the values of the path, the parameters at their first level, and what every change takes. */
export function toolSchema(operation: Operation, of: { isChange: boolean; hasPreview: boolean }): InputSchema {
  const { properties = {}, required = [] } = fullSchema(operation) as { properties?: Record<string, Json>; required?: string[] };
  const path = namesInPath(operation.path);
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(path.map((name) => [name, { type: 'string', minLength: 1, maxLength: 255, description: 'Its id.' }])),
      ...Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, shallow(schema)])),
      ...(of.isChange ? { idempotency_key: IDEMPOTENCY_KEY } : {}),
      ...(of.hasPreview ? { dry_run: DRY_RUN } : {}),
    },
    required: [...path, ...required, ...(of.isChange ? ['idempotency_key'] : [])],
    additionalProperties: false,
  };
}

const CALL = { type: 'string', maxLength: 200, description: 'The operation as search_operations names it: GET /v1/customers/:customer' };
const PATH = { type: 'object', additionalProperties: { type: 'string' }, description: 'The values of the path: {"customer":"cus_1"}' };
const PARAMETERS = { type: 'object', description: 'What describe_operation lists.' };

const objectOf = (properties: Record<string, Json>, required: string[]): InputSchema => ({
  ...{ type: 'object', properties, required, additionalProperties: false },
});

export const SEARCH_SCHEMA = objectOf({ query: { type: 'string', maxLength: 200, description: 'Words: refund charge' } }, ['query']);
export const DESCRIBE_SCHEMA = objectOf({ operation: CALL }, ['operation']);
export const READ_SCHEMA = objectOf({ operation: CALL, path: PATH, parameters: PARAMETERS }, ['operation']);
export const WRITE_SCHEMA = objectOf({ operation: CALL, path: PATH, parameters: PARAMETERS, idempotency_key: IDEMPOTENCY_KEY }, [
  'operation',
  'idempotency_key',
]);

/** Nested properties take most of the room, and an agent needs few of them. */
function shallow(schema: Json): Json {
  const { type, enum: values, description } = schema;
  if (values !== undefined) return { type: 'string', enum: values };
  if (type === 'array') return { type: 'array', items: {} };
  if (type === 'object') return { type: 'object', description: 'See describe_operation.' };
  return typeof type === 'string' ? { type, ...(description === undefined ? {} : { description }) } : {};
}

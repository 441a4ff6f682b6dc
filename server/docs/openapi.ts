/** OpenAPI 3.1 of every operation, from the schemas that requests are validated with and the shapes that objects are rendered in. */
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { majorOf, type ApiVersion } from '../../domain/rows/api-version';
import { error } from '../../objects/shapes/error';
import { event } from '../../objects/shapes/event';
import { eventNotification } from '../../objects/shapes/thin-event';
import { answerNameOf, answerShapeOf } from '../http/answer-shape';
import { namesInPath, type Operation } from '../http/operation';
import { array, text } from '../http/parameters';
import { documentPaths } from './document-paths';
import { shapesOfObjects, shapesOfEndive } from './components';
import { addDescriptions } from './descriptions';
import { examplesIn } from './examples';
import { addExpansions } from './expansions';
import type { Schemas } from './json-schema';
import { operationIdOf, pathOf } from './paths';

export type Document = ReturnType<typeof createDocument>;

/**
 * The document of one release of the API.
 *
 * @param url where the API is reached
 */
export function openApi(operations: readonly Operation[], url: string, version: ApiVersion): Document {
  const examples = examplesIn(version);
  const document = createDocument({
    openapi: '3.1.0',
    info: { title: 'Dunlin', version, description: ABOUT },
    servers: [{ url }],
    security: [{ bearer: [] }, { basic: [] }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A secret API key: sk_test_… or sk_live_…' },
        basic: { type: 'http', scheme: 'basic', description: 'The key as the user name, without a password.' },
      },
      schemas: shapesOfObjects(),
      examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
    },
    paths: { ...pathsOf(operations, examples), ...documentPaths() },
    webhooks: {
      event: delivery('What happened, with the object as it was then.', event),
      event_notification: delivery("An event of Stripe's v2 API: that something happened, without its data.", eventNotification),
    },
  });
  const schemas = document.components?.schemas as Schemas;
  if (majorOf(version) === 'endive') Object.assign(schemas, shapesOfEndive());
  addExpansions(schemas);
  addDescriptions(schemas);
  return document;
}

const ABOUT = "Subscription billing that speaks Stripe's HTTP API. Operations marked `x-dunlin-own` are not Stripe's.";

type Examples = Readonly<Record<string, unknown>>;

function pathsOf(operations: readonly Operation[], examples: Examples): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    const path = pathOf(operation);
    paths[path] = { ...paths[path], [operation.method]: describe(operation, examples) };
  }
  return paths;
}

function describe(operation: Operation, examples: Examples): ZodOpenApiOperationObject {
  const { method, path, summary, tag, parameters, own, unsupported } = operation;
  const shape = z.strictObject({ ...parameters.shape, expand: array(text()).optional() });
  const isQuery = method === 'get';
  return {
    operationId: operationIdOf(method, path),
    summary,
    tags: [tag],
    requestParams: {
      path: z.object(Object.fromEntries(namesInPath(path).map((name) => [name, z.string()]))),
      ...(isQuery ? { query: shape } : {}),
    },
    ...(isQuery ? {} : { requestBody: bodyOf(shape) }),
    responses: {
      '200': { description: 'Done', content: json(answerShapeOf(operation), [answerNameOf(operation)], examples) },
      default: { description: 'Refused', content: json(error, Object.keys(examples).filter(isOfError), examples) },
    },
    ...(own ? { 'x-dunlin-own': true } : {}),
    ...(unsupported.length > 0 ? { 'x-unsupported-parameters': [...unsupported] } : {}),
  };
}

const isOfError = (name: string): boolean => name.startsWith('error_of_');

/** A body, with those of the examples that were recorded. */
function json(schema: z.ZodType, names: readonly string[], examples: Examples) {
  const shown = names.filter((name) => name in examples).map((name) => [name, { $ref: `#/components/examples/${name}` }] as const);
  return { 'application/json': { schema, ...(shown.length > 0 ? { examples: Object.fromEntries(shown) } : {}) } };
}

/** Nested objects as `address[city]`, as Stripe's SDKs send them; JSON is accepted too. */
function bodyOf(shape: z.ZodObject): NonNullable<ZodOpenApiOperationObject['requestBody']> {
  const nested = Object.keys(shape.shape).map((name) => [name, { style: 'deepObject', explode: true }] as const);
  return {
    content: {
      'application/x-www-form-urlencoded': { schema: shape, encoding: Object.fromEntries(nested) },
      'application/json': { schema: shape },
    },
  };
}

/** What a webhook endpoint receives, signed. */
function delivery(summary: string, shape: z.ZodType): ZodOpenApiPathsObject[string] {
  return {
    post: {
      summary,
      requestBody: { content: { 'application/json': { schema: shape } } },
      responses: { '2XX': { description: 'Taken: it is not sent again.' } },
    },
  };
}

/** OpenAPI 3.1 of every operation, from the schemas that validate requests. */
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { API_VERSION } from '../../domain/rows/api-version';
import type { WireKind } from '../../objects';
import { OBJECT_NAMES } from '../expansion/names';
import type { Operation } from '../http/operation';
import { array, text } from '../http/parameters';

type Document = ReturnType<typeof createDocument>;

/** The document; `url` is where the API is reached. */
export function openApi(operations: readonly Operation[], url: string): Document {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: describe(operation) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Dunlin',
      version: API_VERSION,
      description: "Subscription billing that speaks Stripe's HTTP API. Operations marked `x-dunlin-own` are not Stripe's.",
    },
    servers: [{ url }],
    security: [{ bearer: [] }, { basic: [] }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A secret API key: sk_test_… or sk_live_…' },
        basic: { type: 'http', scheme: 'basic', description: 'The key as the user name, without a password.' },
      },
      schemas: { error: ERROR },
    },
    paths,
  });
}

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { method, path, summary, tag, parameters, own, unsupported } = operation;
  const shape = z.strictObject({ ...parameters.shape, expand: array(text()).optional() });
  const isQuery = method === 'get';
  return {
    operationId: `${method}${path.replace(/[/:]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    tags: [tag],
    requestParams: {
      path: z.object(Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, z.string()]))),
      ...(isQuery ? { query: shape } : {}),
    },
    ...(isQuery ? {} : { requestBody: bodyOf(shape) }),
    responses: {
      '200': { description: 'OK', content: { 'application/json': { schema: answerOf(operation) } } },
      default: { description: 'Refused', content: { 'application/json': { schema: { $ref: '#/components/schemas/error' } } } },
    },
    ...(own ? { 'x-dunlin-own': true } : {}),
    ...(unsupported.length > 0 ? { 'x-unsupported-parameters': [...unsupported] } : {}),
  };
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

function answerOf({ shows }: Operation): { type: 'object'; description?: string } {
  const name = shows === null ? null : OBJECT_NAMES[shows as WireKind];
  return name === null ? { type: 'object' } : { type: 'object', description: `Stripe's \`${name}\`, or a list of them.` };
}

const ERROR = {
  type: 'object' as const,
  required: ['error'],
  properties: {
    error: {
      type: 'object' as const,
      required: ['type', 'message'],
      properties: {
        type: {
          type: 'string' as const,
          enum: ['api_error', 'card_error', 'idempotency_error', 'invalid_request_error', 'temporary_session_expired'],
        },
        message: { type: 'string' as const },
        code: { type: 'string' as const },
        param: { type: 'string' as const },
        decline_code: { type: 'string' as const },
      },
    },
  },
};

/** The links of documents in the OpenAPI document: they answer no JSON, and most of them need no key. */
import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { error } from '../../objects/shapes/error';
import { DOCUMENT_LINKS, type DocumentLink } from '../documents/links';
import { operationIdOf, pathOf } from './paths';

export function documentPaths(): ZodOpenApiPathsObject {
  return Object.fromEntries(DOCUMENT_LINKS.map((link) => [pathOf(link), { get: describe(link) }]));
}

function describe(link: DocumentLink): ZodOpenApiOperationObject {
  const { path, summary, type, from, needsKey = false } = link;
  const [, name = 'token'] = /:(\w+)/.exec(path) ?? [];
  return {
    operationId: operationIdOf('get', path),
    summary,
    description: needsKey ? 'Needs a secret key.' : `Needs no key. The whole address is in \`${from}\`.`,
    tags: ['Documents'],
    ...(needsKey ? {} : { security: [] }),
    requestParams: { path: z.object({ [name]: z.string() }) },
    responses: {
      '200': {
        description: 'The document',
        content: { [type]: { schema: { type: 'string', ...(type === 'application/pdf' ? { format: 'binary' } : {}) } } },
      },
      default: { description: 'Refused', content: refusedAs(type) },
    },
  };
}

/** The page shows its refusals to people. */
const refusedAs = (type: DocumentLink['type']) =>
  type === 'text/html' ? { 'text/html': { schema: z.string() } } : { 'application/json': { schema: error } };

/** `POST /mcp`: MCP over streamable HTTP, without sessions. Each request has its key, and nothing is kept between two. */
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { KeyedLimiter } from '../../db/turns';
import { appVersion } from '../../version';
import { addressOf } from '../http/address';
import { contextOf, keyIdOf, scopeOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { callOf, type Operation } from '../http/operation';
import type { Desk } from './calls';
import { mcpServer } from './server';

const BODY_LIMIT = '256kb';

export function mcpPages(deps: Dependencies, operations: readonly Operation[], before: RequestHandler): Router {
  const byCall = new Map(operations.map((operation) => [callOf(operation), operation]));
  const turns = new KeyedLimiter();
  const router = Router();
  router.all('/mcp', before, express.json({ limit: BODY_LIMIT, type: 'application/json' }), async (request, response) => {
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      throw new HttpError(405, 'Only POST: this MCP server keeps no sessions and sends nothing by itself.');
    }
    // A batch would be many calls for one request of the rate limit. The protocol has none since 2025-06-18.
    if (Array.isArray(request.body)) throw new HttpError(400, 'Send one message at a time: this MCP server takes no batches.');
    contextOf(response).operation = 'POST /mcp';
    const server = mcpServer({ ...deskOf(deps, byCall, request, response), turns }, appVersion());
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on('close', () => {
      void transport.close();
      void server.close();
    });
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  return router;
}

function deskOf(deps: Dependencies, operations: Desk['operations'], request: Request, response: Response): Omit<Desk, 'turns'> {
  const { requestId, version, permissions, key, secretOf } = contextOf(response);
  if (secretOf === null) throw new Error('the request is not authenticated');
  const origin = `${request.protocol}://${request.host}`;
  const of = { requestId, version, permissions, key, secretOf, origin, idempotencyKey: null, ip: addressOf(request) };
  return { deps, operations, caller: { ...of, scope: scopeOf(response), keyId: keyIdOf(response) } };
}

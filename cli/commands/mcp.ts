import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { isJSONRPCRequest, type JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Command } from 'commander';
import { declare, type Given } from '../command';
import { API_OPTIONS, apiOf } from '../installation';
import { messageOf } from '../output';

export function mcp(program: Command): void {
  declare(program, {
    usage: 'mcp',
    summary: 'an MCP server on standard input and output, for agents on this machine; its tools are those of /mcp at the API',
    options: API_OPTIONS,
    examples: ['mcp', 'mcp --url https://billing.example.com'],
    run: bridge,
  });
}

/** Passes each message on to the API and each answer back, so that there is one set of tools. */
async function bridge(given: Given): Promise<void> {
  const { url, key } = apiOf(given);
  const agent: Transport = new StdioServerTransport();
  const api = new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit: { headers: { Authorization: `Bearer ${key}` } } });
  const ended = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve);
    agent.onclose = resolve;
  });
  let last = Promise.resolve();
  agent.onmessage = (message) => {
    last = Promise.all([last, pass(message)]).then(() => undefined);
  };
  const pass = (message: JSONRPCMessage): Promise<void> =>
    api.send(message).catch(async (error: unknown) => {
      if (!isJSONRPCRequest(message)) return;
      await agent.send({
        jsonrpc: '2.0',
        id: message.id,
        error: { code: INTERNAL_ERROR, message: `The API did not answer: ${messageOf(error)}` },
      });
    });
  api.onmessage = (message) => {
    void agent.send(message);
  };
  await api.start();
  await agent.start();
  await ended;
  await last;
  await api.close();
  await agent.close();
}

/** JSON-RPC's. */
const INTERNAL_ERROR = -32_603;

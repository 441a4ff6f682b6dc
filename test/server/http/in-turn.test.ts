import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { inTurn } from '../../../server/http/in-turn';

type Handler = (log: string[]) => RequestHandler;

/** What happens in which order, and the message of the error that Express then gets; null for none. */
async function runAll(...handlers: Handler[]): Promise<{ log: string[]; error: string | null }> {
  const log: string[] = [];
  const app = express();
  app.use(inTurn(...handlers.map((handler) => handler(log))));
  app.use((_request: Request, response: Response) => void response.json(null));
  app.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) next(error);
    else response.json(error.message);
  });
  const server = createServer((request, response) => void app(request, response)).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const response = await fetch(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
    return { log, error: (await response.json()) as string | null };
  } finally {
    server.close();
  }
}

const noting =
  (name: string): Handler =>
  (log) =>
  (_request, _response, next) => {
    log.push(name);
    next();
  };

const later =
  (name: string): Handler =>
  (log) =>
  async (_request, _response, next) => {
    await Promise.resolve();
    log.push(name);
    next();
  };

test('handlers run in their order, each after the one before it has finished', async () => {
  expect(await runAll(noting('first'), later('second'), noting('third'))).toEqual({ log: ['first', 'second', 'third'], error: null });
});

const FAILING: Record<string, RequestHandler> = {
  throws: () => {
    throw new Error('broken');
  },
  rejects: () => Promise.reject(new Error('broken')),
  'passes an error on': (_request, _response, next) => {
    next(new Error('broken'));
  },
};

test.each(Object.keys(FAILING))('a handler that %s ends the turn with its error, and no later handler runs', async (how) => {
  const failing: Handler = () => FAILING[how] as RequestHandler;
  expect(await runAll(noting('first'), failing, noting('never'))).toEqual({ log: ['first'], error: 'broken' });
});

/** Where payers come back from a bank's page, and where processors send their webhooks. Neither has a key of ours. */
import express, { Router, type Request, type Response } from 'express';
import { findAttemptedIntent, type AttemptedIntent } from '../../db/processor-operations';
import type { ReturnedIntent } from '../../domain/rows/processor-event';
import { contextOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { limitVisitors } from '../middleware/limit-visitors';
import { finishAuthentication, isDone, returnAddress } from './authentication';
import { actOnce } from './events';
import { limitUnsigned } from './limit-unsigned';

const WEBHOOK_LIMIT = '1mb';

export function processorPages(deps: Dependencies): Router {
  const router = Router();
  router.get('/gateways/:processor/return', limitVisitors(), async (request, response) => {
    await comeBack(deps, request, response);
  });
  const body = express.raw({ type: () => true, limit: WEBHOOK_LIMIT });
  router.post('/gateways/:processor/webhook', body, ...limitUnsigned(), async (request, response) => {
    await receive(deps, request, response);
  });
  return router;
}

/** The processor adds the names of its intent to the address. Whoever knows its secret has come from the bank. */
async function comeBack(deps: Dependencies, request: Request, response: Response): Promise<void> {
  const intent = intentIn(request);
  const find = async (): Promise<AttemptedIntent | null> => findAttemptedIntent(deps.sql, intent.processor, intent.reference);
  const found = await find();
  const isDecided = found && (await deps.processors.isDecided(found.row, intent));
  if (!found || isDecided === null) throw new HttpError(404, 'There is no such authentication.');
  if (isDecided && found.attempt === 'requires_action') {
    const { requestId: id } = contextOf(response);
    await finishAuthentication(deps, found, { id, path: `/gateways/${intent.processor}/return`, result: 'succeeded' });
  }
  goOn(response, (await find()) ?? found);
}

function intentIn(request: Request): ReturnedIntent {
  const query = new URL(request.url, 'http://here').searchParams;
  const kind = query.has('setup_intent') ? 'setup' : 'payment';
  return {
    ...{ processor: String(request.params['processor']), kind, reference: query.get(`${kind}_intent`) ?? '' },
    secret: query.get(`${kind}_intent_client_secret`) ?? '',
  };
}

function goOn(response: Response, intent: AttemptedIntent): void {
  response.setHeader('Cache-Control', 'no-store');
  const back = returnAddress(intent);
  if (back !== null) response.redirect(303, back);
  else response.type('text').send(`${isDone(intent) ? 'Done.' : 'Not authenticated.'} You can close this page.`);
}

/**
 * Answers 200 once the effects are committed, so that nothing that was answered is lost. Any other answer makes the processor send the event
 * again.
 */
async function receive(deps: Dependencies, request: Request, response: Response): Promise<void> {
  const processor = String(request.params['processor']);
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const event = await deps.processors.read(processor, { body, headers: request.headers });
  if (event === null) throw new HttpError(400, 'No secret of this installation has signed this event.');
  if (event === 'unavailable') throw new HttpError(503, 'The processor does not answer.', { type: 'api_error' });
  contextOf(response).operation = `POST /gateways/${processor}/webhook`;
  await actOnce(deps, event, { requestId: contextOf(response).requestId, fetched: false });
  response.json({ received: true });
}

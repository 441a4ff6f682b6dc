/** Whether the process runs, and whether it can work. These are two checks, because a restart only helps with the first. */
import type { Request, RequestHandler, Response } from 'express';
import type { Readiness } from '../observability/readiness';

/** `/healthz`: the process answers. It checks no other part, so that no server is restarted because Postgres hangs. */
export function health(_request: Request, response: Response): void {
  response.json({ status: 'ok' });
}

/** `/readyz`: whether Postgres, Temporal and a worker answer; 503 with the parts that are away, and since when. */
export function ready(readiness: Readiness): RequestHandler {
  return async (_request: Request, response: Response): Promise<void> => {
    const answer = await readiness.look();
    response
      .status(answer.status === 'ready' ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json(answer);
  };
}

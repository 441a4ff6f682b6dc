/** Whether the process runs, and whether it can do its work: two questions, since a restart only helps with the first. */
import type { Request, RequestHandler, Response } from 'express';
import type { Readiness } from '../observability/readiness';

/** `/healthz`: the process answers. It asks nobody, so that a Postgres that hangs gets no server restarted. */
export function health(_request: Request, response: Response): void {
  response.json({ status: 'ok' });
}

/** `/readyz`: whether Postgres, Temporal and a worker answer; 503 with what is away, and since when. */
export function ready(readiness: Readiness): RequestHandler {
  return async (_request: Request, response: Response): Promise<void> => {
    const answer = await readiness.look();
    response
      .status(answer.status === 'ready' ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json(answer);
  };
}

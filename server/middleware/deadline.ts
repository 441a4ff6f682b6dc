import type { NextFunction, Request, Response } from 'express';
import { DEADLINES } from '../../domain/core/deadlines';

/** No request waits without end, whatever hangs: what is asked again with the same Idempotency-Key goes on where it was. */
export function deadline(request: Request, response: Response, next: NextFunction): void {
  const milliseconds = request.method === 'GET' ? DEADLINES.reading : DEADLINES.writing;
  const timer = setTimeout(() => {
    next(new DeadlineError(milliseconds));
  }, milliseconds);
  response.once('close', () => {
    clearTimeout(timer);
  });
  next();
}

/** Answered as an outage, which it is. */
class DeadlineError extends Error {
  readonly code = 'ETIMEDOUT';

  constructor(milliseconds: number) {
    super(`the request was not answered within ${String(milliseconds / 1000)} seconds`);
    this.name = 'DeadlineError';
  }
}

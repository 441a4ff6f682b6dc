import type { NextFunction, Request, Response } from 'express';
import { DEADLINES } from '../../domain/core/deadlines';

/** Ends every request after a deadline, even if a part of it hangs. A repeated request with the same Idempotency-Key continues where it was. */
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

/** Answered as an outage. */
class DeadlineError extends Error {
  readonly code = 'ETIMEDOUT';

  constructor(milliseconds: number) {
    super(`the request was not answered within ${String(milliseconds / 1000)} seconds`);
    this.name = 'DeadlineError';
  }
}

import type { RequestListener, ServerResponse } from 'node:http';
import type { Express, Request, Response } from 'express';
import { contextOf } from '../../server/http/context';
import { readParameters } from '../../server/http/wire';
import type { GivenAnswer } from './answer-check';
import { judged } from './answer-judge';
import { RECORDS } from './example-recorder';

/** The app, with each of its JSON answers taken down. */
export interface CheckedApp {
  listener: RequestListener;
  /** @throws Error with every answer that does not fit the OpenAPI document */
  assertAnswers(): Promise<void>;
}

const BATCH = 100;

export function checkedApp(app: Express): CheckedApp {
  const waiting: GivenAnswer[] = [];
  const verdicts: Promise<string[]>[] = [];
  const flush = (): void => {
    if (waiting.length > 0) verdicts.push(judged(waiting.splice(0)));
  };
  const listener: RequestListener = (request, response) => {
    const isApi = /^\/v[12]\//.test(request.url ?? '');
    if (isApi) {
      whenAnswered(response, (answer) => {
        waiting.push(answer);
        if (waiting.length >= BATCH) flush();
      });
    }
    app(request, response);
  };
  return {
    listener,
    async assertAnswers() {
      flush();
      const all = (await Promise.all(verdicts.splice(0))).flat();
      // One answer is enough to see what is wrong.
      const wrong = [...new Map(all.map((each) => [each.split('; in {')[0], each])).values()];
      if (wrong.length > 0) throw new Error(`answers that do not fit /openapi.json:\n${wrong.join('\n')}`);
    },
  };
}

/** Express ends each of its answers with the whole body. */
function whenAnswered(response: ServerResponse, take: (answer: GivenAnswer) => void): void {
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  response.end = ((...given: unknown[]): ServerResponse => {
    const [body] = given;
    const isJson = String(response.getHeader('Content-Type') ?? '').startsWith('application/json');
    // What is answered again was checked when it was answered first, in the release of that time.
    const isReplay = response.getHeader('Idempotent-Replayed') === 'true';
    if (isJson && !isReplay && (typeof body === 'string' || Buffer.isBuffer(body))) take(answerOf(response as Response, body.toString()));
    return end(...given);
  }) as ServerResponse['end'];
}

function answerOf(response: Response, body: string): GivenAnswer {
  const version = response.getHeader('Stripe-Version');
  return {
    operation: contextOf(response).operation,
    status: response.statusCode,
    version: typeof version === 'string' ? version : null,
    body,
    ...(process.env[RECORDS] === undefined ? {} : { request: requestOf(response.req, response.statusCode) }),
  };
}

/** What was refused may not be readable. */
function requestOf(request: Request, status: number): NonNullable<GivenAnswer['request']> {
  const isRead = status < 400 && !(request.headers['content-type'] ?? '').startsWith('multipart/');
  return { path: request.originalUrl.replace(/\?.*/s, ''), parameters: isRead ? readParameters(request) : {} };
}

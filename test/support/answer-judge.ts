/**
 * Every answer that the system tests receive is checked. Compiling the document takes a second, and Jest gives each test file modules of
 * its own: so the run's setup compiles it once and judges what the test files send it.
 */
import { createServer, request as ask, Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { AnswerCheck, type GivenAnswer } from './answer-check';

/** Under this name the setup of a run tells its test files where the judge is. */
export const JUDGE_PORT = 'DUNLIN_TEST_JUDGE_PORT';

export interface Judge {
  port: number;
  stop(): Promise<void>;
}

/** @param seen is told of every answer, for whoever collects examples */
export async function startJudge(seen?: (answer: GivenAnswer) => void): Promise<Judge> {
  const check = new AnswerCheck();
  // A document that cannot be compiled must fail the tests, not end the run.
  const verdictsOn = (answers: GivenAnswer[]): string[] => {
    try {
      for (const answer of answers) if (answer.isRecorded !== true) seen?.(answer);
      return answers.flatMap((answer) => check.wrong(answer) ?? []);
    } catch (error) {
      return [String(error)];
    }
  };
  const server = createServer((request, response) => {
    void text(request).then((sent) => {
      response.end(JSON.stringify(verdictsOn(JSON.parse(sent) as GivenAnswer[])));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // It must not keep Jest from ending.
  server.unref();
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, stop };
}

/** Has answers judged; what is wrong with them. */
export function judged(answers: GivenAnswer[]): Promise<string[]> {
  const port = Number(process.env[JUDGE_PORT]);
  return new Promise((resolve, reject) => {
    const sent = ask({ port, host: '127.0.0.1', method: 'POST', agent }, (response) => {
      text(response).then((body) => {
        resolve(JSON.parse(body) as string[]);
      }, reject);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(answers));
  });
}

const agent = new Agent({ keepAlive: false });

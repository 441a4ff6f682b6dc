/** VIES as Dunlin calls it. Its answers have the form of the Commission's REST API. */
import { startHttpFake } from '../../scripts/http-fake';

export interface ViesFake {
  url: string;
  /** The next answer to every question. */
  answer: Record<string, unknown>;
  /** What was asked, in order. */
  asked: unknown[];
  stop(): Promise<void>;
}

export const VALID = { valid: true, requestIdentifier: '', name: 'Ada GmbH', address: 'Unter den Linden 1\n10117 Berlin' };
export const INVALID = { valid: false, requestIdentifier: '', name: '---', address: '---' };
export const errorWith = (error: string): Record<string, unknown> => ({ actionSucceed: false, errorWrappers: [{ error }] });

export async function startVies(): Promise<ViesFake> {
  const registry = await startHttpFake(({ body: text }) => {
    const body = JSON.parse(text) as object;
    fake.asked.push(body);
    const isRequesterUnknown = 'requesterNumber' in body && fake.answer['unknownRequester'] === true;
    return { body: JSON.stringify(isRequesterUnknown ? errorWith('INVALID_REQUESTER_INFO') : fake.answer) };
  });
  const fake: ViesFake = { url: registry.url, answer: VALID, asked: [], stop: () => registry.stop() };
  return fake;
}

import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

interface Answer {
  status: number;
  text: string;
}

const TYPE = 'application/x-www-form-urlencoded';

/** Where the connection breaks: with half of the form sent, or with all of it, before the answer. */
type Cut = 'before the answer' | 'while sending';

/** A form that a browser sends over a connection that breaks. */
export async function sendAndLose(page: string, entries: Record<string, string>, cut: Cut): Promise<void> {
  const text = String(new URLSearchParams(entries));
  const sent = cut === 'while sending' ? text.slice(0, text.length / 2) : text;
  const sending = request(page, { method: 'POST', agent: false, headers: { 'content-type': TYPE, 'content-length': text.length } });
  sending.on('error', () => undefined);
  await new Promise<void>((resolve) => sending.write(sent, () => resolve()));
  // It has arrived, and is being worked on.
  await sleep(15);
  sending.destroy();
}

export async function sendForm(page: string, entries: Record<string, string>): Promise<Answer> {
  const response = await fetch(page, { method: 'POST', body: new URLSearchParams(entries), redirect: 'manual' });
  return { status: response.status, text: await response.text() };
}

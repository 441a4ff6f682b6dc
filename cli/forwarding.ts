/** Sends events to a webhook under development, as Dunlin sends them, but also to this machine. */
import { randomBytes } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../webhooks/send';
import { signatureHeader } from '../webhooks/signature';
import type { ShownEvent } from './following';

/** The result of one attempt. */
export interface Forwarded {
  attempt: number;
  /** Null: there was no answer. */
  status: number | null;
  error: string | null;
  isLast: boolean;
}

/** Between the attempts, in seconds: a developer restarts a program meanwhile. */
const PAUSES = [1, 2, 4, 8, 16];

export const newSecret = (): string => `whsec_${randomBytes(24).toString('base64url').replace(/[-_]/g, '0')}`;

export class Forwarder {
  private readonly agent: HttpAgent;

  constructor(private readonly of: { to: URL; secret: string; pauses?: readonly number[] }) {
    this.agent = of.to.protocol === 'https:' ? new HttpsAgent() : new HttpAgent();
  }

  /** Each attempt, until one succeeds or there are no more. Every attempt is signed anew, because receivers refuse old signatures. */
  async *send(event: ShownEvent): AsyncGenerator<Forwarded> {
    const { to, secret, pauses = PAUSES } = this.of;
    const body = JSON.stringify(event);
    for (let attempt = 1; ; attempt += 1) {
      const signature = signatureHeader(body, [secret], Math.floor(Date.now() / 1000));
      const { status, error } = await send(to, { body, signature, agent: this.agent });
      const pause = pauses[attempt - 1];
      const isLast = error === null || pause === undefined;
      yield { attempt, status, error, isLast };
      if (isLast) return;
      await sleep(pause * 1000);
    }
  }
}

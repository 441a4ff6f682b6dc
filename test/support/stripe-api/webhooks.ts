import { randomBytes } from 'node:crypto';
import Stripe from 'stripe';

export interface FakeEvent {
  type: string;
  object: object;
  id?: string;
  livemode?: boolean;
}

/** Sends an event as Stripe does; the status of the answer. */
export async function sendEvent(url: string, secret: string, { type, object, id, livemode = false }: FakeEvent): Promise<number> {
  const event = { id: id ?? `evt_${randomBytes(8).toString('hex')}`, object: 'event', type, livemode, data: { object } };
  const payload = JSON.stringify(event);
  const signature = new Stripe('sk_test_fake').webhooks.generateTestHeaderString({ payload, secret });
  const headers = { 'Content-Type': 'application/json', 'Stripe-Signature': signature };
  const { status } = await fetch(`${url}/gateways/stripe/webhook`, { method: 'POST', headers, body: payload });
  return status;
}

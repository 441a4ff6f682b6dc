/**
 * An answer is kept for whoever repeats the request, and for nobody else: it is sealed with a key that follows from the caller's Idempotency-Key, and
 * compressed, because what is sealed cannot be.
 */
import { createHmac } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { open, seal } from '../../db/customer-keys';

interface Kept {
  /** The id of the request that was answered. */
  id: string;
  text: string;
}

const keyOf = (secret: string, idempotencyKey: string): Buffer => createHmac('sha256', secret).update(`answer\n${idempotencyKey}`).digest();

export function sealAnswer(secret: string, idempotencyKey: string, { id, text }: Kept): string {
  return seal(keyOf(secret, idempotencyKey), id, deflateRawSync(text, { level: 1 })).toString('base64');
}

export function openAnswer(secret: string, idempotencyKey: string, { id, text }: Kept): string {
  return inflateRawSync(open(keyOf(secret, idempotencyKey), id, Buffer.from(text, 'base64'))).toString();
}

import { createHmac } from 'node:crypto';

/**
 * The `Stripe-Signature` header: a `v1` for every secret, so that receivers can verify with the old and with the new one while an
 * endpoint's secret is rolled.
 *
 * @param timestamp epoch seconds; receivers refuse a signature that is older than five minutes
 * @see https://docs.stripe.com/webhooks/signature
 */
export function signatureHeader(body: string, secrets: string[], timestamp: number): string {
  const signatures = secrets.map((secret) => {
    const signature = createHmac('sha256', secret)
      .update(`${String(timestamp)}.${body}`, 'utf8')
      .digest('hex');
    return `v1=${signature}`;
  });
  return [`t=${String(timestamp)}`, ...signatures].join(',');
}

import Stripe from 'stripe';

export interface StripeClientSettings {
  /** A secret or restricted key of the Stripe account. */
  key: string;
  /** Absent: https://api.stripe.com. */
  url?: string | undefined;
  /** Milliseconds for one request. */
  timeout: number;
}

/** Stripe's SDK without retries of its own: Temporal repeats the activity. */
export function stripeClient({ key, url = 'https://api.stripe.com', timeout }: StripeClientSettings): Stripe {
  const { protocol, hostname: host, port } = new URL(url);
  return new Stripe(key, {
    ...{ host, port: port === '' ? defaultPort(protocol) : Number(port), protocol: protocol === 'http:' ? 'http' : 'https' },
    ...{ timeout, maxNetworkRetries: 0, telemetry: false },
  });
}

const defaultPort = (protocol: string): number => (protocol === 'http:' ? 80 : 443);

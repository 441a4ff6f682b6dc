import { sandboxMemory } from '../db/sandbox';
import { createAbr, type AbrSettings } from './abr';
import { createHmrc, type HmrcSettings } from './hmrc';
import type { Sql } from '../db/connect';
import type { Gateways, ReadWebhook, Seller } from './payment-gateway';
import { createSandboxGateway } from './sandbox/sandbox-gateway';
import { stripeClient } from './stripe-client';
import { createStripeGateway, STRIPE_REQUEST } from './stripe/stripe-gateway';
import { readStripeWebhook, type WebhookSecrets } from './stripe/webhooks';
import { createStripeTax } from './stripe-tax/stripe-tax';
import { sandboxRegistry } from './sandbox/tax-id-registry';
import type { TaxIdRegistries } from './tax-id-registry';
import { createVies } from './vies';
import type { RemoteTaxProvider, RemoteTaxProviders } from './tax-provider';

/** The keys of an account at Stripe by mode. A mode without a key cannot use it. */
export interface StripeKeys {
  live?: string | undefined;
  test?: string | undefined;
  /** Absent: https://api.stripe.com. */
  url?: string | undefined;
}

export interface ProcessorSettings {
  /** `sandbox-…` is the sandbox again, with a memory of its own. Absent: the sandbox alone. */
  processors?: readonly { name: string }[];
  stripe?: StripeKeys & { webhookSecrets?: WebhookSecrets };
}

/**
 * Every processor that this installation can charge with, by its name in payment methods.
 *
 * @param publicUrl the server's URL for browsers, for pages on which cardholders authenticate
 */
export function createGateways(
  sql: Sql,
  publicUrl = 'http://127.0.0.1:4010',
  { processors = [{ name: 'sandbox' }], stripe = {} }: ProcessorSettings = {},
): Gateways {
  const gatewayOf = (name: string): Gateways[string] =>
    name === 'stripe'
      ? stripeGateways(stripe, publicUrl)
      : (seller) => createSandboxGateway(sandboxMemory(sql, { ...seller, processor: name }), publicUrl, name);
  return Object.fromEntries(processors.map(({ name }) => [name, gatewayOf(name)]));
}

/** One client for each mode, so that its connections are used again. */
function stripeGateways({ live, test, url }: StripeKeys, publicUrl: string): Gateways[string] {
  const clientOf = (key: string | undefined) => (key === undefined ? null : stripeClient({ key, url, timeout: STRIPE_REQUEST }));
  const clients = { live: clientOf(live), test: clientOf(test) };
  return (seller) => {
    const stripe = clients[seller.livemode ? 'live' : 'test'];
    return stripe && createStripeGateway(stripe, publicUrl, seller);
  };
}

/** Who reads the webhooks of the processors that have a secret for them. */
export function createWebhooks({ stripe = {} }: ProcessorSettings): Record<string, ReadWebhook> {
  const { live = [], test = [] } = stripe.webhookSecrets ?? {};
  if (live.length + test.length === 0) return {};
  return { stripe: readStripeWebhook(stripeClient({ key: 'sk_unused', timeout: STRIPE_REQUEST }), { live, test }) };
}

/** Every remote tax provider that this installation has a key for. */
export function createTaxProviders({ live, test, url }: StripeKeys): RemoteTaxProviders {
  if (live === undefined && test === undefined) return {};
  const providers = { live: live && createStripeTax({ key: live, url }), test: test && createStripeTax({ key: test, url }) };
  return { stripe: ({ livemode }: Seller): RemoteTaxProvider | null => providers[livemode ? 'live' : 'test'] || null };
}

export interface RegistrySettings {
  /** The base of VIES' REST API. */
  viesUrl: string;
  hmrc?: HmrcSettings | undefined;
  abr?: AbrSettings | undefined;
}

/** Every registry of tax ids that this installation can ask. */
export function createTaxIdRegistries({ viesUrl, hmrc, abr }: RegistrySettings): TaxIdRegistries {
  return {
    ...{ vies: createVies(viesUrl), sandbox: sandboxRegistry },
    ...(hmrc ? { hmrc: createHmrc(hmrc) } : {}),
    ...(abr ? { abr: createAbr(abr) } : {}),
  };
}

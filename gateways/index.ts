import { sandboxMemory } from '../db/sandbox';
import { createAbr, type AbrSettings } from './abr';
import { createHmrc, type HmrcSettings } from './hmrc';
import type { Sql } from '../db/connect';
import type { Gateways, ReadWebhook, Seller } from './payment-gateway';
import { createSandboxGateway } from './sandbox/sandbox-gateway';
import { mollieClient } from './mollie/client';
import { createMollieGateway, MOLLIE_REQUEST } from './mollie/mollie-gateway';
import { readMollieWebhook, type MollieClients } from './mollie/webhooks';
import { stripeClient } from './stripe-client';
import { createStripeGateway, STRIPE_REQUEST } from './stripe/stripe-gateway';
import { readStripeWebhook, type WebhookSecrets } from './stripe/webhooks';
import { createStripeTax } from './stripe-tax/stripe-tax';
import { sandboxRegistry } from './sandbox/tax-id-registry';
import type { TaxIdRegistries } from './tax-id-registry';
import { createVies } from './vies';
import type { RemoteTaxProvider, RemoteTaxProviders } from './tax-provider';

/** The keys of an account at a processor or a tax provider by mode. A mode without a key cannot use it. */
export interface ApiKeys {
  live?: string | undefined;
  test?: string | undefined;
  /** Absent: the provider's own. */
  url?: string | undefined;
}

export interface ProcessorSettings {
  /** `sandbox-…` is the sandbox again, with a memory of its own. Absent: the sandbox alone. */
  processors?: readonly { name: string }[];
  stripe?: ApiKeys & { webhookSecrets?: WebhookSecrets };
  mollie?: ApiKeys;
}

/**
 * Every processor that this installation can charge with, by its name in payment methods.
 *
 * @param publicUrl the server's URL for browsers, for pages on which cardholders authenticate
 */
export function createGateways(
  sql: Sql,
  publicUrl = 'http://127.0.0.1:4010',
  { processors = [{ name: 'sandbox' }], stripe = {}, mollie = {} }: ProcessorSettings = {},
): Gateways {
  const gatewayOf = (name: string): Gateways[string] => {
    if (name === 'stripe') return stripeGateways(stripe, publicUrl);
    if (name === 'mollie') return mollieGateways(mollie, publicUrl);
    return (seller) => createSandboxGateway(sandboxMemory(sql, { ...seller, processor: name }), publicUrl, name);
  };
  return Object.fromEntries(processors.map(({ name }) => [name, gatewayOf(name)]));
}

/** One client for each mode, so that its connections are used again. */
function stripeGateways({ live, test, url }: ApiKeys, publicUrl: string): Gateways[string] {
  const clientOf = (key: string | undefined) => (key === undefined ? null : stripeClient({ key, url, timeout: STRIPE_REQUEST }));
  const clients = { live: clientOf(live), test: clientOf(test) };
  return (seller) => {
    const stripe = clients[seller.livemode ? 'live' : 'test'];
    return stripe && createStripeGateway(stripe, publicUrl, seller);
  };
}

function mollieGateways(keys: ApiKeys, publicUrl: string): Gateways[string] {
  const clients = mollieClients(keys);
  return ({ livemode }) => {
    const mollie = clients[livemode ? 'live' : 'test'];
    return mollie && createMollieGateway(mollie, publicUrl);
  };
}

function mollieClients({ live, test, url }: ApiKeys): MollieClients {
  const clientOf = (key: string | undefined) => (key === undefined ? null : mollieClient({ key, url, timeout: MOLLIE_REQUEST }));
  return { live: clientOf(live), test: clientOf(test) };
}

/** Who reads the webhooks: of a processor that signs them, if there is a secret; of one that has to be asked, if there is a key. */
export function createWebhooks({ stripe = {}, mollie = {} }: ProcessorSettings): Record<string, ReadWebhook> {
  const { live = [], test = [] } = stripe.webhookSecrets ?? {};
  const readStripe = () => readStripeWebhook(stripeClient({ key: 'sk_unused', timeout: STRIPE_REQUEST }), { live, test });
  return {
    ...(live.length + test.length > 0 ? { stripe: readStripe() } : {}),
    ...((mollie.live ?? mollie.test) ? { mollie: readMollieWebhook(mollieClients(mollie)) } : {}),
  };
}

/** Every remote tax provider that this installation has a key for. */
export function createTaxProviders({ live, test, url }: ApiKeys): RemoteTaxProviders {
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

import { sandboxMemory } from '../db/sandbox';
import { createAbr, type AbrSettings } from './abr';
import { createHmrc, type HmrcSettings } from './hmrc';
import type { Sql } from '../db/connect';
import type { EventSource, Gateways, Seller } from './payment-gateway';
import { createSandboxGateway } from './sandbox/sandbox-gateway';
import { mollieClient } from './mollie/client';
import { createMollieGateway } from './mollie/mollie-gateway';
import { readMollieWebhook } from './mollie/webhooks';
import { PROCESSOR_REQUEST } from './remote-processor';
import { stripeClient } from './stripe-client';
import { listEvents } from './stripe/event-list';
import { createStripeGateway } from './stripe/stripe-gateway';
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

type StripeSettings = ApiKeys & { webhookSecrets?: WebhookSecrets };

export interface ProcessorSettings {
  /** `sandbox-…` is the sandbox again, with a memory of its own. Absent: the sandbox alone. */
  processors?: readonly { name: string }[];
  stripe?: StripeSettings;
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

function stripeGateways(keys: ApiKeys, publicUrl: string): Gateways[string] {
  const clients = clientsOf(keys, stripeClient);
  return (seller) => {
    const stripe = clients[modeOf(seller)];
    return stripe && createStripeGateway(stripe, publicUrl, seller);
  };
}

function mollieGateways(keys: ApiKeys, publicUrl: string): Gateways[string] {
  const clients = clientsOf(keys, mollieClient);
  return (seller) => {
    const mollie = clients[modeOf(seller)];
    return mollie && createMollieGateway(mollie, publicUrl);
  };
}

const modeOf = ({ livemode }: Seller): 'live' | 'test' => (livemode ? 'live' : 'test');

type Connect<Client> = (settings: { key: string; url: string | undefined; timeout: number }) => Client;

/** One client for each mode, so that its connections are used again. Null: there is no key. */
function clientsOf<Client>({ live, test, url }: ApiKeys, connect: Connect<Client>): Record<'live' | 'test', Client | null> {
  const clientOf = (key: string | undefined) => (key === undefined ? null : connect({ key, url, timeout: PROCESSOR_REQUEST }));
  return { live: clientOf(live), test: clientOf(test) };
}

/** Who tells of events: a processor that signs its webhooks, if there is a secret, or that is asked, if there is a key. */
export function createWebhooks({ stripe = {}, mollie = {} }: ProcessorSettings): Record<string, EventSource> {
  return {
    stripe: stripeEvents(stripe),
    ...((mollie.live ?? mollie.test) ? { mollie: { read: readMollieWebhook(clientsOf(mollie, mollieClient)) } } : {}),
  };
}

function stripeEvents({ webhookSecrets: { live = [], test = [] } = { live: [], test: [] }, ...keys }: StripeSettings): EventSource {
  const clients = clientsOf(keys, stripeClient);
  const verifying = () => stripeClient({ key: 'sk_unused', timeout: PROCESSOR_REQUEST });
  return {
    ...(live.length + test.length > 0 ? { read: readStripeWebhook(verifying(), { live, test }) } : {}),
    list: (livemode) => {
      const stripe = clients[livemode ? 'live' : 'test'];
      return stripe && ((range) => listEvents(stripe, range));
    },
  };
}

/** Every remote tax provider that this installation has a key for. */
export function createTaxProviders({ live, test, url }: ApiKeys): RemoteTaxProviders {
  if (live === undefined && test === undefined) return {};
  const providers = { live: live && createStripeTax({ key: live, url }), test: test && createStripeTax({ key: test, url }) };
  return { stripe: (seller: Seller): RemoteTaxProvider | null => providers[modeOf(seller)] || null };
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

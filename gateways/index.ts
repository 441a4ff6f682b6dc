import { sandboxMemory } from '../db/sandbox';
import { createAbr, type AbrSettings } from './abr';
import { createHmrc, type HmrcSettings } from './hmrc';
import type { Sql } from '../db/connect';
import type { Gateways, Seller } from './payment-gateway';
import { createSandboxGateway } from './sandbox/sandbox-gateway';
import { createStripeTax } from './stripe-tax/stripe-tax';
import { sandboxRegistry } from './sandbox/tax-id-registry';
import type { TaxIdRegistries } from './tax-id-registry';
import { createVies } from './vies';
import type { RemoteTaxProvider, RemoteTaxProviders } from './tax-provider';

/**
 * Every processor that this installation can charge with, by its name in payment methods.
 *
 * @param publicUrl the server's URL for browsers, for the sandbox's page on which cardholders authenticate
 * @param names the configured processors; `sandbox-…` is the sandbox again, with a memory of its own
 */
export function createGateways(sql: Sql, publicUrl = 'http://127.0.0.1:4010', names: readonly string[] = ['sandbox']): Gateways {
  return Object.fromEntries(
    names.map((name) => [
      name,
      (seller: Seller) => createSandboxGateway(sandboxMemory(sql, { ...seller, processor: name }), publicUrl, name),
    ]),
  );
}

/** The keys for Stripe Tax by mode. A mode without a key cannot use it. */
export interface StripeTaxKeys {
  live?: string | undefined;
  test?: string | undefined;
  /** Absent: https://api.stripe.com. */
  url?: string | undefined;
}

/** Every remote tax provider that this installation has a key for. */
export function createTaxProviders({ live, test, url }: StripeTaxKeys): RemoteTaxProviders {
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

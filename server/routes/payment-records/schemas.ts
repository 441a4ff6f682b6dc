/** Parameters that several operations on payment records share. */
import type { PaymentRecord, RecordCustomerDetails, RecordMethodDetails } from '../../../domain/rows/payment-record';
import { NO_ADDRESS, type Address } from '../../../domain/rows/resource';
import { ParameterError } from '../../http/parameter-error';
import { LIMITS } from '../../../domain/core/limits';
import { address, currency, emptyable, id, integer, metadata, name, object, oneOf, text, timestamp } from '../../http/parameters';
import { email } from '../../http/text-parameters';

const person = {
  email: emptyable(email()).optional(),
  name: emptyable(name({ max: 256 })).optional(),
  phone: emptyable(name({ max: 20 })).optional(),
};

export const money = () => object({ currency: currency(), value: integer({ min: 1, max: LIMITS.lineAmount.max }) });

export const customerDetails = () => object({ customer: id().optional(), ...person });

export const shippingDetails = () =>
  object({ address: address().optional(), name: emptyable(name()).optional(), phone: emptyable(name()).optional() });

/** How an attempt was made, and how it ended. */
export const attemptShape = {
  description: text().optional(),
  failed: object({ failed_at: timestamp() }).optional(),
  guaranteed: object({ guaranteed_at: timestamp() }).optional(),
  initiated_at: timestamp(),
  metadata: metadata().optional(),
  outcome: oneOf(['failed', 'guaranteed']).optional(),
  shipping_details: shippingDetails().optional(),
};

export const methodDetails = () =>
  object({
    billing_details: object({ address: address().optional(), ...person }).optional(),
    custom: object({ display_name: name({ max: 100 }), type: name({ max: 100 }).optional() }).optional(),
    payment_method: id().optional(),
    type: oneOf(['custom']).optional(),
  });

interface Person {
  email?: string | null | undefined;
  name?: string | null | undefined;
  phone?: string | null | undefined;
}

export const personOf = ({ email: address = null, name: called = null, phone = null }: Person): RecordCustomerDetails => ({
  email: address,
  name: called,
  phone,
});

interface GivenMethod {
  billing_details?: (Person & { address?: Address | undefined }) | undefined;
  custom?: { display_name: string; type?: string | undefined } | undefined;
  payment_method?: string | undefined;
}

export function methodOf({ billing_details: billing, custom, payment_method: method }: GivenMethod): RecordMethodDetails {
  return {
    billing_details: billing ? { address: billing.address ?? NO_ADDRESS, ...personOf(billing) } : null,
    custom: { display_name: custom?.display_name ?? 'Other', type: custom?.type ?? null },
    payment_method: method ?? null,
  };
}

interface GivenShipping {
  address?: Address | undefined;
  name?: string | null | undefined;
  phone?: string | null | undefined;
}

export function shippingOf(given: GivenShipping | undefined): PaymentRecord['shipping'] {
  return given ? { address: given.address ?? NO_ADDRESS, name: given.name ?? '', phone: given.phone ?? null } : null;
}

interface GivenOutcome {
  outcome?: 'failed' | 'guaranteed' | undefined;
  failed?: { failed_at: number } | undefined;
  guaranteed?: { guaranteed_at: number } | undefined;
}

/**
 * The outcome of an attempt; its time must be named with it, and no other.
 *
 * @throws BillingError parameter_missing, parameter_invalid
 */
export function outcomeOf({ outcome, failed, guaranteed }: GivenOutcome): 'failed' | 'guaranteed' | null {
  for (const [name, details] of Object.entries({ failed, guaranteed })) {
    if (name === outcome && details === undefined) {
      throw new ParameterError('parameter_missing', `Missing required param: ${name}[${name}_at].`, `${name}[${name}_at]`);
    }
    if (name !== outcome && details !== undefined) {
      throw new ParameterError('parameter_invalid', `\`${name}\` is only for the outcome ${name}.`, name);
    }
  }
  return outcome ?? null;
}

import { numberOf } from '../../domain/customer/tax-id-verification';
import type { TaxIdRegistry } from '../tax-id-registry';

/** Confirms Stripe's test value 000000000, and no other. */
export const sandboxRegistry: TaxIdRegistry = {
  check: ({ value }) => {
    const isValid = numberOf(value) === '000000000';
    const holder = isValid ? { name: 'Test Company', address: '1 Test Street' } : { name: null, address: null };
    return Promise.resolve({ isValid, reference: null, ...holder });
  },
};

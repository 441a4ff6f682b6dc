import type { PaymentGateway, Seller } from '../gateways/payment-gateway';
import type { ActivityDependencies } from './dependencies';
import { failure } from './failures';

/** Calls a seller's processor by name; that it does not answer is a failure, which is tried again under the same key. */
export async function callGateway<T>(
  { gateways }: Pick<ActivityDependencies, 'gateways'>,
  { gateway: name, ...seller }: Seller & { gateway: string },
  call: (gateway: PaymentGateway) => Promise<T>,
): Promise<T> {
  const gateway = gateways[name]?.(seller);
  if (!gateway) throw failure('gateway_unknown', `no gateway is called ${name}`);
  try {
    return await call(gateway);
  } catch (error) {
    throw failure('processor_unavailable', `${name} did not answer`, error);
  }
}

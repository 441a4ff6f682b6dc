import { ApplicationFailure, log } from '@temporalio/activity';
import { ProcessorUnavailable, type PaymentGateway, type Seller } from '../gateways/payment-gateway';
import { failureOf, isPassing } from './answers';
import type { ActivityDependencies } from './dependencies';
import { failure, mistake } from './failures';

/** Calls a seller's processor by name. */
export async function callGateway<T>(
  { gateways }: Pick<ActivityDependencies, 'gateways'>,
  { gateway: name, ...seller }: Seller & { gateway: string },
  call: (gateway: PaymentGateway) => Promise<T>,
): Promise<T> {
  const gateway = gateways[name]?.(seller);
  if (!gateway) throw failure('gateway_unknown', `no gateway is called ${name}`);
  return call(gateway);
}

/**
 * An external call: reads the books, then calls a processor.
 *
 * @throws ApplicationFailure that is retried under the same key if the processor or the database is away. Any other failure is final: a bug
 * in Dunlin, for which the entity is held.
 */
export async function outside<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toFailure(error);
  }
}

function toFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof ProcessorUnavailable) return failure('processor_unavailable', error.message, { cause: error, until: error.until });
  if (isPassing(error)) return failure('database_unavailable', 'the database is away', { cause: error });
  log.error('a call failed by a mistake of ours', { error });
  return mistake(failureOf(error));
}

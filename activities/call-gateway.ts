import { ApplicationFailure, log } from '@temporalio/activity';
import { ProcessorUnavailable, type PaymentGateway, type Seller } from '../gateways/payment-gateway';
import { failureOf, isPassing } from './answers';
import type { ActivityDependencies } from './dependencies';
import { failure, mistake } from './failures';
import type { ProcessorHealth } from './processor-health';

/** What a call to a processor needs. */
export type Calling = Pick<ActivityDependencies, 'gateways' | 'sql'> & { health: ProcessorHealth };

/** The processor of a charge, a refund or a dispute. `failing`: it has failed since its last answer. */
export type Called = Seller & { gateway: string; failing?: boolean };

/** Calls a seller's processor by name, and notes whether it answers. */
export async function callGateway<T>(
  { gateways, health }: Calling,
  { gateway: name, account, livemode, failing = false }: Called,
  call: (gateway: PaymentGateway) => Promise<T>,
): Promise<T> {
  const seller = { account, livemode };
  const gateway = gateways[name]?.(seller);
  if (!gateway) throw failure('gateway_unknown', `no gateway is called ${name}`);
  try {
    const answer = await call(gateway);
    await health.answered(seller, name, failing);
    return answer;
  } catch (error) {
    if (error instanceof ProcessorUnavailable) await health.failed(seller, name);
    throw error;
  }
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

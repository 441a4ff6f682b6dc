/** What the server asks of processors: the payment methods that they store, payers who come back from a bank, and their webhooks. */
import type { ListEvents, ProcessorEvent, ReturnedIntent } from '../domain/rows/processor-event';
import type { StoredMethod, StoredMethodAnswer } from '../domain/rows/stored-method';
import { ProcessorUnavailable, type EventSource, type Gateways, type ReadWebhook, type Seller } from './payment-gateway';

type Webhook = Parameters<ReadWebhook>[0];

interface ProcessorAsker {
  keep(seller: Seller, method: StoredMethod): Promise<StoredMethodAnswer>;
  isDecided(seller: Seller, intent: ReturnedIntent): Promise<boolean | null>;
  read(processor: string, webhook: Webhook): Promise<ProcessorEvent | 'unavailable' | null>;
  eventsOf(processor: string, livemode: boolean): ListEvents | null;
}

/** A processor that is away, or that has no key for the mode, is an answer, too: the caller is told. */
export function processorAsker(gateways: Gateways, sources: Record<string, EventSource>): ProcessorAsker {
  return {
    async keep(seller, { processor, method, customer }) {
      const gateway = gateways[processor]?.(seller);
      if (!gateway?.keep) {
        const mode = seller.livemode ? 'live' : 'test';
        return { outcome: 'refused', part: 'processor', message: `This installation has no key of ${processor} for ${mode} mode.` };
      }
      try {
        return await gateway.keep({ method, customer });
      } catch (error) {
        if (error instanceof ProcessorUnavailable) return { outcome: 'unavailable', message: error.message };
        throw error;
      }
    },
    async isDecided(seller, { processor, ...intent }) {
      try {
        return (await gateways[processor]?.(seller)?.isDecided?.(intent)) ?? null;
      } catch (error) {
        if (error instanceof ProcessorUnavailable) return null;
        throw error;
      }
    },
    async read(processor, webhook) {
      // Anybody names one, in the address: also `constructor`, which every object has.
      if (!Object.hasOwn(sources, processor)) return null;
      try {
        return (await sources[processor]?.read?.(webhook)) ?? null;
      } catch (error) {
        if (error instanceof ProcessorUnavailable) return 'unavailable';
        throw error;
      }
    },
    eventsOf: (processor, livemode) => sources[processor]?.list?.(livemode) ?? null,
  };
}

/** Cutovers of one customer, there and back, and who has billed which period. */
import type Stripe from 'stripe';
import { until } from '../support/system';
import { imported, useMoving, type Clocks, type Moving } from './moving';

export interface CutoverAnswer {
  id: string;
  status: string;
  billed_by: string;
  reason: string | null;
}

export interface Cutovers {
  moving: Moving;
  /** The cutover, once it is over. */
  settled: (id: string) => Promise<CutoverAnswer>;
  cutOver: (customer: string, change?: Record<string, unknown>) => Promise<CutoverAnswer>;
  takeBack: (id: string) => Promise<CutoverAnswer>;
  /** The starts of the periods that were paid, by who was paid for them. */
  paidPeriods: (subscription: string) => Promise<{ source: number[]; target: number[] }>;
  importedOn: (clocks: Clocks) => Promise<void>;
}

/** Two systems for the tests of a file. */
export function useCutovers(): Cutovers {
  const moving = useMoving();
  const { source, target } = moving;
  const settled = (id: string): Promise<CutoverAnswer> =>
    until(
      async () => {
        const answer = (await target.get(`/v1/cutovers/${id}`)) as unknown as CutoverAnswer;
        return answer.status === 'freezing' || answer.status === 'returning' ? null : answer;
      },
      { timeoutMs: 60_000, what: `cutover ${id}` },
    );
  return {
    ...{ moving, settled },
    cutOver: async (customer, change = {}) => {
      const { id } = await target.post('/v1/cutovers', { customer, ...change });
      return settled(id as string);
    },
    takeBack: async (id) => {
      await target.post(`/v1/cutovers/${id}/return`);
      return settled(id);
    },
    paidPeriods: async (subscription) => ({
      source: await paidStarts(source.stripe, subscription),
      target: await paidStarts(target.stripe, subscription),
    }),
    importedOn: async (clocks) => {
      await imported(moving, { source_test_clock: clocks.source.id, test_clock: clocks.target.id });
    },
  };
}

async function paidStarts(stripe: Stripe, subscription: string): Promise<number[]> {
  const { data } = await stripe.invoices.list({ subscription, status: 'paid', limit: 100 });
  return data.flatMap((invoice) => invoice.lines.data.map((line) => line.period.start)).sort((a, b) => a - b);
}

export const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 1000;

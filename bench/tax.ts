/** Renewals with automatic tax, beside those without: the same counts in every run, and the CPU. */
import type { Api } from './api';
import { costOnClock } from './costs';
import { countOnClock, leastOf, warmUp, type Count } from './counts';
import type { CpuMs } from './cpu';
import { openHistories } from './history';
import type { MeasuredStack } from './stack';
import type { Tap } from './tap';
import { createPrice, type StartOptions } from './workload';

interface Renewals {
  count: Count;
  cpu: CpuMs[];
}

export interface Tax {
  without: Renewals;
  taxed: Renewals;
  perRound: number;
}

const TAXED: StartOptions = { address: { 'address[country]': 'DE' }, more: { 'automatic_tax[enabled]': 'true' } };

/** The sweep may run in between, and only ever adds. */
const COUNTED = 3;

export async function measureTax(api: Api, stack: MeasuredStack, tap: Tap, of: { rounds: number; perRound: number }): Promise<Tax> {
  const histories = await openHistories(stack.temporalAddress);
  try {
    const bench = { api, stack, histories, tap, price: await createPrice(api) };
    await register(api);
    await warmUp(bench, TAXED);
    const measure = async (options: StartOptions): Promise<Renewals> => {
      const counts: Count[] = [];
      while (counts.length < COUNTED) counts.push(await countOnClock(bench, options));
      const cpu: CpuMs[] = [];
      while (cpu.length < of.rounds) cpu.push(await costOnClock(api, stack, { price: bench.price, count: of.perRound, ...options }));
      return { count: leastOf(counts), cpu };
    };
    return { without: await measure({}), taxed: await measure(TAXED), perRound: of.perRound };
  } finally {
    await histories.close();
  }
}

/** A seller in Germany, registered there. */
async function register(api: Api): Promise<void> {
  await api.post('/v1/tax/settings', {
    ...{ 'head_office[address][country]': 'DE', 'head_office[address][postal_code]': '10115' },
    ...{ 'defaults[tax_behavior]': 'exclusive', 'defaults[tax_code]': 'txcd_10103001' },
  });
  await api.post('/v1/tax/registrations', { country: 'DE', 'country_options[de][type]': 'standard', active_from: 'now' });
}

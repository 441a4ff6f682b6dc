import { balanceOf } from '../../../db/balance';
import { balance } from '../../../objects/shapes/balance';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/** What has moved since the first day: available and pending. Payouts of the processor are not taken off. It follows real time, not test clocks. */
export const retrieveBalance = operation({
  method: 'get',
  path: '/v1/balance',
  summary: 'Retrieve the balance',
  tag: 'Balance',
  parameters: parameters({}),
  answer: balance,
  async handle(request) {
    const { available, pending } = await balanceOf(request.deps.sql, request.scope, await request.now());
    return {
      body: { object: 'balance' as const, available: available.map(shown), livemode: request.scope.livemode, pending: pending.map(shown) },
    };
  },
});

const shown = ({ amount, currency }: { amount: number; currency: string }) => ({ amount, currency, source_types: { card: amount } });

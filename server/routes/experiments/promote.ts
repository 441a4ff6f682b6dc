import { loadTaxFacts } from '../../../db/checkout';
import type { TransactionSql } from '../../../db/connect';
import { byKeys, loadMatching } from '../../../db/matching';
import { loadWithNamed } from '../../../db/named-facts';
import { loadRedeemable } from '../../../db/redemptions';
import { promoteArm } from '../../../domain/checkout/promotion';
import type { Experiment } from '../../../domain/rows/experiment';
import type { Rows } from '../../../domain/rows/rows';
import { namedByLink } from '../../checkout/references';
import { operation } from '../../http/operation';
import { name, parameters } from '../../http/parameters';
import type { Scope } from '../../http/dependencies';
import { merged } from '../../writes/named-rows';
import { changeExperiment } from './change';

/**
 * Ends an experiment with a winner: pricing tables and payment links that name it sell the winner's prices from now on. Nobody is assigned any
 * more, and subscriptions keep their prices.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid unless it runs or has stopped, and for an arm that it does not have
 */
export const promoteExperimentOperation = operation({
  method: 'post',
  path: '/v1/experiments/:experiment/promote',
  summary: 'Promote an arm of an experiment',
  tag: 'Experiments',
  own: true,
  parameters: parameters({ arm: name({ max: 50 }) }),
  shows: 'experiment',
  async handle(request) {
    const experiment = await request.find('experiment', request.pathId('experiment'));
    return changeExperiment(request, {
      step: 'promoteExperiment',
      load: (tx) => loadPlaces(tx, request.scope, experiment),
      plan: (changes, id) => {
        promoteArm(changes, id, request.parameters.arm);
      },
    });
  },
});

/** The tables and links that name the experiment, and what pricing the links needs. */
async function loadPlaces(tx: TransactionSql, scope: Scope, { id, arms }: Experiment): Promise<Rows> {
  const rows = await loadMatching(tx, scope, [
    { kind: 'paymentLink', filters: [{ column: 'experiment', equals: id }] },
    { kind: 'pricingTable', filters: [{ column: 'settings', path: ['experiment'], equals: id }] },
    byKeys(
      'paymentLink',
      arms.flatMap(({ payment_link: link }) => link ?? []),
    ),
    byKeys(
      'pricingTable',
      arms.flatMap(({ pricing_table: table }) => table ?? []),
    ),
  ]);
  const prices = arms.flatMap((arm) => arm.prices.map(({ replacement }) => replacement));
  const named = rows.all('paymentLink').map((link) => namedByLink(link));
  rows.putAll(await loadWithNamed(tx, scope, { customer: null, named: named.reduce(merged, { price: prices }), load: loadRedeemable }));
  rows.putAll(await loadTaxFacts(tx, scope));
  return rows;
}

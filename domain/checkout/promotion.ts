/** The end of an experiment with a winner: what named the experiment sells the winner's prices from now on. */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { inStatus } from '../experiment/changes';
import type { ExperimentArm } from '../rows/experiment';
import { replaceLinkPrices } from './payment-links';
import { tableInArm } from './pricing-tables';

/**
 * Nobody is assigned any more, and subscriptions keep their prices. The facts are the tables and links that name the experiment, and what
 * pricing the links needs.
 *
 * @throws BillingError parameter_invalid unless it runs or has stopped, for an arm that it does not have,
 * and for one with a price that is inactive
 */
export function promoteArm(changes: ChangeSet, id: string, name: string): void {
  const experiment = inStatus(changes, id, ['running', 'stopped'], 'promoted');
  const arm = experiment.arms.find((each) => each.name === name);
  if (!arm) throw new BillingError('parameter_invalid', `The experiment has no arm '${name}'.`, { param: 'arm' });
  assertSells(changes, arm);
  for (const table of changes.rows.all('pricingTable').filter(({ settings }) => settings.experiment === id)) {
    changes.patch('pricingTable', table.id, tableInArm(changes.rows, table, arm));
  }
  for (const link of changes.rows.all('paymentLink').filter((each) => each.experiment === id)) {
    replaceLinkPrices(changes, link, arm);
  }
  changes.patch('experiment', id, { status: 'promoted', promotedArm: name, endedAt: experiment.endedAt ?? changes.now });
}

function assertSells({ rows }: ChangeSet, { prices }: ExperimentArm): void {
  const inactive = prices.find(({ replacement }) => !rows.get('price', replacement).active);
  if (!inactive) return;
  throw new BillingError('parameter_invalid', `The price '${inactive.replacement}' of this arm is inactive. Activate it first.`, {
    param: 'arm',
  });
}

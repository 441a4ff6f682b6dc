/** An experiment from its draft to its end. */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { Experiment, ExperimentArm } from '../rows/experiment';
import { currenciesOf, type Price } from '../rows/price';
import type { Metadata } from '../rows/resource';

interface ArmParameters {
  name: string;
  share: number;
  prices?: ExperimentArm['prices'] | undefined;
  pricing_table?: string | undefined;
  payment_link?: string | undefined;
}

export interface ExperimentParameters {
  name?: string | undefined;
  arms?: ArmParameters[] | undefined;
  window_days?: number | undefined;
  metadata?: Metadata | null | undefined;
}

/** Two weeks: long enough for most who will buy at all. */
const USUAL_WINDOW = 14;

/** @throws BillingError parameter_invalid where the arms cannot be compared: `assertArms` says how they must be */
export function createExperiment(changes: ChangeSet, params: ExperimentParameters & { name: string; arms: ArmParameters[] }): void {
  changes.put('experiment', {
    ...changes.resource('exp'),
    name: params.name,
    status: 'draft',
    arms: armsOf(changes, params.arms),
    windowDays: params.window_days ?? USUAL_WINDOW,
    startedAt: null,
    endedAt: null,
    promotedArm: null,
    metadata: mergeMetadata({}, params.metadata),
  });
}

/** @throws BillingError as `createExperiment` does, and parameter_invalid for arms or the window of an experiment that was started */
export function updateExperiment(changes: ChangeSet, id: string, params: ExperimentParameters): void {
  const experiment = changes.rows.get('experiment', id);
  const fixed = (['arms', 'window_days'] as const).find((name) => params[name] !== undefined);
  if (fixed !== undefined && experiment.status !== 'draft') {
    throw new BillingError('parameter_invalid', `\`${fixed}\` cannot change once the experiment has been started.`, { param: fixed });
  }
  changes.patch('experiment', id, {
    name: params.name ?? experiment.name,
    arms: params.arms ? armsOf(changes, params.arms) : experiment.arms,
    windowDays: params.window_days ?? experiment.windowDays,
    metadata: mergeMetadata(experiment.metadata, params.metadata),
  });
}

/** @throws BillingError parameter_invalid unless it is a draft, and where a price has become inactive meanwhile */
export function startExperiment(changes: ChangeSet, id: string): void {
  const experiment = inStatus(changes, id, ['draft'], 'started');
  assertArms(changes, experiment.arms);
  changes.patch('experiment', id, { status: 'running', startedAt: changes.now });
}

/** Everybody sees the control again. @throws BillingError parameter_invalid unless it is running */
export function stopExperiment(changes: ChangeSet, id: string): void {
  inStatus(changes, id, ['running'], 'stopped');
  changes.patch('experiment', id, { status: 'stopped', endedAt: changes.now });
}

/** @throws BillingError parameter_invalid for another status */
export function inStatus(changes: ChangeSet, id: string, statuses: readonly Experiment['status'][], done: string): Experiment {
  const experiment = changes.rows.get('experiment', id);
  if (statuses.includes(experiment.status)) return experiment;
  const message = `Only an experiment with a status in [${statuses.map((each) => `"${each}"`).join(', ')}] can be ${done}. This one has a status of \`${experiment.status}\`.`;
  throw new BillingError('parameter_invalid', message);
}

function armsOf(changes: ChangeSet, params: readonly ArmParameters[]): ExperimentArm[] {
  const arms = params.map(({ name, share, prices = [], pricing_table = null, payment_link = null }) => ({
    ...{ name, share, prices, pricing_table, payment_link },
  }));
  assertArms(changes, arms);
  return arms;
}

/** Two arms or more with different names and 100 percent together. The first changes nothing, and each of the others replaces like by like. */
function assertArms(changes: ChangeSet, arms: readonly ExperimentArm[]): void {
  const refuse = (message: string, param = 'arms') => new BillingError('parameter_invalid', message, { param });
  const [control] = arms;
  if (arms.length < 2) throw refuse('An experiment has at least two arms.');
  if (control && (control.prices.length > 0 || control.pricing_table !== null || control.payment_link !== null)) {
    throw refuse(
      'The first arm is the control: it must not replace prices, and not have a `pricing_table` or a `payment_link`.',
      'arms[0]',
    );
  }
  const shares = arms.reduce((sum, { share }) => sum + share, 0);
  if (shares !== 100) throw refuse(`The shares must be 100 together, and are ${String(shares)}.`);
  arms.forEach(({ name, prices }, index) => {
    const at = `arms[${String(index)}]`;
    if (arms.findIndex((each) => each.name === name) !== index) throw refuse(`Two arms are called '${name}'.`, `${at}[name]`);
    prices.forEach(({ price, replacement }, place) => {
      const param = `${at}[prices][${String(place)}]`;
      if (prices.findIndex((each) => each.price === price) !== place) {
        throw refuse(`The arm replaces '${price}' twice.`, `${param}[price]`);
      }
      const problem = mismatchOf(changes.rows.get('price', price), changes.rows.get('price', replacement));
      if (problem !== null) throw refuse(problem, `${param}[replacement]`);
    });
  });
}

/** Why the second price cannot stand in the place of the first; null if it can. */
function mismatchOf(price: Price, replacement: Price): string | null {
  if (price.id === replacement.id) return 'A price cannot replace itself.';
  if (!replacement.active) return 'The price specified is inactive. This field only accepts active prices.';
  if (price.product !== replacement.product) return `The price '${replacement.id}' is not a price of '${price.product}'.`;
  if (termsOf(price) !== termsOf(replacement)) return 'A replacement must have the same `type`, interval and `usage_type`.';
  const missing = currenciesOf(price).filter((currency) => !currenciesOf(replacement).includes(currency));
  return missing.length === 0 ? null : `The price '${replacement.id}' has no amount in ${missing.join(', ')}.`;
}

function termsOf({ type, recurring }: Price): string {
  return [type, recurring?.interval, recurring?.interval_count, recurring?.usage_type].join('/');
}

import { changedSubscriptions, loadCutoverFacts, readyCustomers } from '../../../db/cutovers';
import { shadowsOf } from '../../../db/shadow-invoices';
import { ASKED, beginCutover, beginReturn } from '../../../domain/migration/cutover';
import { BillingError } from '../../../domain/core/errors';
import { cutoverWave } from '../../../objects/shapes/import';
import { startCutover } from '../../../temporal/cutovers';
import { operation } from '../../http/operation';
import { boolean, id, integer, parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';

/** Writes down that it begins, and starts it. */
async function begin(request: ApiRequest<unknown>, customer: string, forced: boolean): Promise<string> {
  const { deps, scope } = request;
  await request.find('customer', customer, 'customer');
  const shadows = await shadowsOf(deps.sql, customer);
  const subject = `cutover/${customer}`;
  await request.change({
    ...{ step: 'beginCutover', customer, subject },
    load: (tx) => loadCutoverFacts(tx, scope, customer, null),
    plan: (changes) => {
      beginCutover(changes, { customer, forced, shadows });
    },
  });
  const cutover = request.newIdIn(subject, 'cutover');
  await startCutover(deps.temporal, deps.config.taskQueue, { ...scope, cutover, direction: 'here' }, customer);
  return cutover;
}

/**
 * Makes Dunlin bill a customer, instead of the system that they were imported from. That system is frozen first.
 *
 * @throws BillingError resource_missing, parameter_invalid if Dunlin bills already, an invoice is due within the hour, or (without `force`) the last two
 * cycles did not agree
 */
export const createCutover = operation({
  method: 'post',
  path: '/v1/cutovers',
  summary: 'Cut a customer over',
  tag: 'Migration',
  own: true,
  parameters: parameters({ customer: id(), force: boolean().default(false) }),
  shows: 'cutover',
  async handle(request) {
    const { customer, force } = request.parameters;
    return { kind: 'cutover', key: await begin(request, customer, force) };
  },
});

const WAVE_MAX = 100;

/**
 * Cuts over customers whose last two cycles agreed, at most `limit` of them, the oldest first. Those who cannot be cut over now are left to the next wave.
 *
 * @throws BillingError parameter_invalid
 */
export const createCutoverWave = operation({
  method: 'post',
  path: '/v1/cutovers/wave',
  summary: 'Cut customers over',
  tag: 'Migration',
  own: true,
  repeatable: true,
  parameters: parameters({ limit: integer({ min: 1, max: WAVE_MAX }).default(10) }),
  answer: cutoverWave,
  async handle(request) {
    const { deps, scope, parameters: of } = request;
    const begun: string[] = [];
    const left: { customer: string; reason: string }[] = [];
    for (const customer of await readyCustomers(deps.sql, scope, of.limit)) {
      try {
        begun.push(await begin(request, customer, false));
      } catch (error) {
        if (!(error instanceof BillingError)) throw error;
        left.push({ customer, reason: error.message });
      }
    }
    return { body: { object: 'cutover_wave' as const, cutovers: begun, left, livemode: scope.livemode } };
  },
});

/**
 * The way back: the system that the customer was imported from bills again.
 *
 * @throws BillingError resource_missing, parameter_invalid if it is not done, Dunlin has billed or changed something since, or an invoice is due within the hour
 */
export const returnCutover = operation({
  method: 'post',
  path: '/v1/cutovers/:cutover/return',
  summary: 'Take a cutover back',
  tag: 'Migration',
  own: true,
  parameters: parameters({}),
  shows: 'cutover',
  async handle(request) {
    const { deps, scope } = request;
    const { id: cutover, customer, switchedAt } = await request.find('cutover', request.pathId('cutover'));
    let changed: string[] = [];
    await request.change({
      ...{ step: 'beginReturn', customer, subject: `cutover/${customer}` },
      load: async (tx) => {
        changed = switchedAt === null ? [] : await changedSubscriptions(tx, customer, { since: switchedAt, steps: ASKED });
        return loadCutoverFacts(tx, scope, customer, cutover);
      },
      plan: (changes) => {
        beginReturn(changes, cutover, changed);
      },
    });
    await startCutover(deps.temporal, deps.config.taskQueue, { ...scope, cutover, direction: 'back' }, customer);
    return { kind: 'cutover', key: cutover };
  },
});

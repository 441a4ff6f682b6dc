import { z } from 'zod';
import {
  copiedCustomerId,
  copyOne,
  createClockOfCopies,
  runningCustomers,
  subscriptionsOfCustomers,
  type CopyInput,
} from '../../../db/copies';
import { loadRows } from '../../../db/related';
import { LIMITS } from '../../../domain/core/limits';
import { affectedBy } from '../../../domain/core/wakes';
import { snapshot } from '../../../objects';
import { testClockCopy, type WireTestClockCopy } from '../../../objects/shapes/test-clock-copy';
import { toStripeTestClock } from '../../../objects/test-clock';
import { linkToOf, type Scope } from '../../http/dependencies';
import { atLeastOne, onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { id, name, parameters } from '../../http/parameters';
import { missing, type ApiRequest } from '../../http/request';
import { untilSettled } from '../../http/settling';
import { registriesOf } from '../../http/tax-id-registries';

const ids = () => z.array(id()).min(1).max(LIMITS.copiedCustomers.max).optional();

type Request = ApiRequest<{ customers?: string[] | undefined; name?: string | undefined; subscriptions?: string[] | undefined }>;
type Original = Awaited<ReturnType<typeof runningCustomers>>[number];

/**
 * Copies customers with what runs of theirs to a new test clock that stands at their present time, without personal data. The key's mode says
 * whose customers they are; the copies are always in test mode. Advancing the clock bills what the originals will be billed.
 *
 * @throws BillingError parameter_missing, parameters_exclusive, resource_missing, parameter_invalid if nothing of a customer runs, or if they
 * are on different clocks; lock_timeout while their clock advances
 */
export const copyToTestClock = operation({
  method: 'post',
  path: '/v1/test_helpers/test_clocks/copy',
  summary: 'Copy customers to a new test clock',
  tag: 'Test clocks',
  own: true,
  parameters: parameters({ customers: ids(), name: name({ max: 300 }).optional(), subscriptions: ids() }),
  answer: testClockCopy,
  async handle(request: Request) {
    const { deps, scope, parameters: asked } = request;
    atLeastOne(asked, ['customers', 'subscriptions']);
    onlyOne(asked, ['customers', 'subscriptions']);
    const originals = await originalsOf(request);
    const now = await request.now(originals[0]?.customer ?? null);
    const [clock, to] = [request.newId('clock'), { account: scope.account, livemode: false }];
    const input = { ...inputOf(request), now };
    const made = await createClockOfCopies(deps.sql, { to, clock, frozenTime: now, name: asked.name ?? null }, input);
    deps.notify(to, now, made);
    for (const { customer } of originals) {
      const target = { testClock: clock, subscriptions: asked.subscriptions ?? null, cards: 'pay' as const };
      const committed = await copyOne(deps.sql, { from: scope, to, customer, target }, input);
      deps.notify(to, now, committed);
      await untilSettled(deps.sql, affectedBy(committed.wakes, committed.rows), now);
    }
    return { body: await answerOf(request, originals, { to, clock }) };
  },
});

const inputOf = ({ deps }: Request): Omit<CopyInput, 'now'> => ({
  registries: registriesOf(deps.config),
  render: (kind, key, rows) => snapshot(kind, key, rows, { linkTo: linkToOf(deps) }),
  secret: deps.secret,
});

/** The customers, each with the subscriptions that run. All have the same time. */
async function originalsOf({ deps, parameters: asked, scope }: Request): Promise<Original[]> {
  const { customers = [], subscriptions = [] } = asked;
  const found = await runningCustomers(deps.sql, scope, { customers, subscriptions });
  await refuseAbsent(deps.sql, scope, { customers, subscriptions }, found);
  if (new Set(found.map(({ testClock }) => testClock)).size > 1) {
    const param = asked.customers === undefined ? 'subscriptions' : 'customers';
    throw new ParameterError(
      'parameter_invalid',
      'Customers on different test clocks have different times. Copy those of each clock alone.',
      param,
    );
  }
  return found;
}

async function refuseAbsent(
  sql: Request['deps']['sql'],
  scope: Scope,
  named: { customers: string[]; subscriptions: string[] },
  found: Original[],
): Promise<void> {
  const kinds = { customers: 'customer', subscriptions: 'subscription' } as const;
  for (const list of ['customers', 'subscriptions'] as const) {
    const running = new Set(found.flatMap((each) => (list === 'customers' ? [each.customer] : each.subscriptions)));
    const index = named[list].findIndex((each) => !running.has(each));
    const absent = named[list][index];
    if (absent === undefined) continue;
    const kind = kinds[list];
    const param = `${list}[${String(index)}]`;
    if (!(await loadRows(sql, kind, scope, [absent])).find(kind, absent)) missing(kind, absent, param);
    const what = kind === 'customer' ? `Customer ${absent} has no subscription that runs.` : `Subscription ${absent} does not run.`;
    throw new ParameterError('parameter_invalid', what, param);
  }
}

async function answerOf({ deps }: Request, originals: Original[], { to, clock }: { to: Scope; clock: string }): Promise<WireTestClockCopy> {
  const row = (await loadRows(deps.sql, 'testClock', to, [clock])).get('testClock', clock);
  const customers = originals.map(({ customer }) => ({ original: customer, copy: copiedCustomerId(deps.secret, clock, customer) }));
  const copies = await subscriptionsOfCustomers(
    deps.sql,
    customers.map(({ copy }) => copy),
  );
  const subscriptions = originals.flatMap((original, index) => {
    const own = copies.get(customers[index]?.copy ?? '') ?? [];
    return original.subscriptions.map((each, place) => ({ original: each, copy: own[place] ?? '' }));
  });
  return { object: 'test_helpers.test_clock_copy', customers, livemode: false, subscriptions, test_clock: toStripeTestClock(row) };
}

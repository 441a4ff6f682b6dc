/** The customer's own data on the portal: all of it as a file, and the request to be deleted. */
import { publicUrlOf } from '../../config';
import { findAccount } from '../../db/accounts';
import { byKey, loadMatching } from '../../db/matching';
import { readPersonalData } from '../../db/personal-data';
import { requestDeletion } from '../../domain/contract/requests';
import { settingsOf } from '../../domain/rows/account';
import type { CustomerRequest } from '../../domain/rows/customer-request';
import type { Rows } from '../../domain/rows/rows';
import type { PortalView } from '../../web/portal/model';
import { fromExchange, runOnce } from '../forms/run-once';
import { newRequestId } from '../http/context';
import { localeOfVisit } from './locale';
import { customerNow, type Visit } from './operations';
import { done, type Outcome } from './outcome';
import { problemOf } from './problems';
import type { Submission } from './submission';

const ofCustomer = (customer: string) => ({ kind: 'customerRequest' as const, filters: [{ column: 'customer', equals: customer }] });

export async function privacyOf({ deps, session }: Visit): Promise<PortalView> {
  const rows = await loadMatching(deps.sql, session, [ofCustomer(session.customer)]);
  return { name: 'privacy', deletionBy: openDeletion(rows)?.dueAt ?? null };
}

const openDeletion = (rows: Rows): CustomerRequest | undefined =>
  rows.first('customerRequest', ({ type, status }) => type === 'deletion' && status === 'open');

/** A file with everything that is stored about the customer. */
export async function sendPersonalData({ deps, session, response }: Visit): Promise<void> {
  const { customer, livemode } = session;
  const records = await readPersonalData(deps.sql, session, customer);
  const data = { object: 'personal_data', as_of: await customerNow(deps, session), customer, livemode, records };
  response
    .set({ 'Cache-Control': 'no-store', 'Content-Disposition': `attachment; filename="${customer}.json"`, 'X-Robots-Tag': 'noindex' })
    .type('application/json')
    .send(JSON.stringify(data, null, 2));
}

export async function deleteMe({ visit, found, key }: Submission): Promise<Outcome> {
  const { deps, session } = visit;
  const { account, livemode, customer } = session;
  const owner = await findAccount(deps.sql, account);
  if (owner === null) throw new Error('the account of a session is not there');
  const { tag } = localeOfVisit(visit, found);
  const { refusal } = await runOnce(
    deps,
    fromExchange(visit),
    { ...session, page: 'portal' },
    {
      key: `${key}/deletion`,
      requestId: newRequestId(),
      raw: {},
      work: async (asked) => {
        await asked.change({
          step: 'requestDeletion',
          customer,
          load: (tx) => loadMatching(tx, { account, livemode }, [byKey('customer', customer), ofCustomer(customer)]),
          plan: (changes) => {
            const terms = { settings: settingsOf(owner, session).contracts, origin: publicUrlOf(deps.config) };
            requestDeletion(changes, { customer, locale: tag, statement: null }, terms);
          },
        });
      },
    },
  );
  return done(refusal === null ? null : problemOf(refusal));
}

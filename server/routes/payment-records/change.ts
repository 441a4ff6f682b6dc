import type { TransactionSql } from '../../../db/connect';
import { loadFacts } from '../../../db/facts';
import { loadAttaching } from '../../../db/attaching';
import { byKey, loadMatching } from '../../../db/matching';
import type { ChangeSet } from '../../../domain/core/change-set';
import { recordsPayment } from '../../../domain/collection/payment-records';
import type { PaymentRecord } from '../../../domain/rows/payment-record';
import type { Rows } from '../../../domain/rows/rows';
import type { ApiRequest } from '../../http/request';

/** Changes the record in the path, with the invoice that it pays among the facts. */
export async function changeRecord(
  request: ApiRequest<unknown>,
  step: string,
  plan: (changes: ChangeSet, id: string) => void,
): Promise<{ kind: 'paymentRecord'; key: string }> {
  const record = await request.find('paymentRecord', request.pathId('id'));
  await request.change({
    step,
    customer: record.customer,
    subject: record.id,
    load: (tx) => factsOf(tx, record),
    plan: (changes) => {
      plan(changes, record.id);
    },
  });
  return { kind: 'paymentRecord', key: record.id };
}

async function factsOf(tx: TransactionSql, { id, account, livemode, customer }: PaymentRecord): Promise<Rows> {
  const links = await loadAttaching(tx, { intents: [], records: [id] });
  const invoice = recordsPayment(links, id)?.invoice ?? null;
  const facts = invoice === null ? links : await loadFacts(tx, { account, customer, invoice });
  facts.putAll(await loadMatching(tx, { account, livemode }, [byKey('paymentRecord', id)]));
  return facts;
}

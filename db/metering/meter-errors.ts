/**
 * Refused events, counted in the database until they are reported. If a process dies before its report is due, another process makes it.
 */
import { meterReport, type MeterErrors } from '../../domain/meter/report';
import type { EventRefusal } from '../../domain/meter/event';
import type { Sql, TransactionSql } from '../connect';
import { insertEvents } from '../webhooks/new-events';

export interface RefusedEvent {
  account: string;
  livemode: boolean;
  identifier: string;
  refusal: EventRefusal;
}

const SAMPLES_MAX = 10;

/** @param now epoch seconds, real time */
export async function countErrors(sql: Sql, refused: readonly RefusedEvent[], now: number): Promise<void> {
  const groups = new Map<string, Record<string, unknown> & { errors: number; samples: MeterErrors['samples'] }>();
  for (const { account, livemode, identifier, refusal } of refused) {
    const of = { account, livemode, meter: refusal.meter ?? '', code: refusal.code };
    const key = JSON.stringify(of);
    const group = groups.get(key) ?? { ...of, errors: 0, samples: [] };
    group.errors += 1;
    if (group.samples.length < SAMPLES_MAX) group.samples.push({ error_message: refusal.message, request: { identifier } });
    groups.set(key, group);
  }
  await sql`
    insert into meter_errors as e (account, livemode, meter, code, opened, latest, errors, samples)
    select account, livemode, meter, code, ${now}, ${now}, errors, samples
    from json_to_recordset(${JSON.stringify([...groups.values()])}::text::json)
      as r(account text, livemode boolean, meter text, code text, errors bigint, samples jsonb)
    order by account, livemode, meter, code
    on conflict (account, livemode, meter, code) do update set latest = excluded.latest, errors = e.errors + excluded.errors,
      samples = jsonb_path_query_array(e.samples || excluded.samples, ${`$[0 to ${String(SAMPLES_MAX - 1)}]`}::text::jsonpath)`;
}

/**
 * Makes one event for the refusals of each meter whose oldest refusal is from before `openedBefore`, with its deliveries to the endpoints
 * that enabled its type. Returns the endpoints. Refusals that another process reports now are skipped.
 */
export async function reportErrors(sql: Sql, of: { openedBefore: number; now: number; secret: string }): Promise<string[]> {
  return sql.begin(async (tx) => {
    const taken = await tx<MeterErrors[]>`
      select e.* from meter_errors e where exists (
        select 1 from meter_errors o where o.account = e.account and o.livemode = e.livemode and o.meter = e.meter and o.opened <= ${of.openedBefore})
      order by account, livemode, meter, code limit 1000 for update skip locked`;
    if (taken.length === 0) return [];
    const events = reportsOf(taken).map((errors) => {
      const { object_id: objectId, order_key: orderKey, ...report } = meterReport(errors);
      const unasked = { request: null, idempotencyKey: null };
      return { ...report, ...unasked, objectId, orderKey, created: of.now, workflow: 'meter-errors', apiVersion: 'v2', thin: true };
    });
    await forget(tx, taken);
    return insertEvents(tx, of.secret, events);
  });
}

function reportsOf(taken: readonly MeterErrors[]): MeterErrors[][] {
  const byMeter = new Map<string, MeterErrors[]>();
  for (const each of taken) {
    const key = `${each.account} ${String(each.livemode)} ${each.meter}`;
    byMeter.set(key, [...(byMeter.get(key) ?? []), each]);
  }
  return [...byMeter.values()];
}

async function forget(tx: TransactionSql, taken: readonly MeterErrors[]): Promise<void> {
  const keys = JSON.stringify(taken.map(({ account, livemode, meter, code }) => ({ account, livemode, meter, code })));
  await tx`
    delete from meter_errors e using json_to_recordset(${keys}::text::json) as k(account text, livemode boolean, meter text, code text)
    where e.account = k.account and e.livemode = k.livemode and e.meter = k.meter and e.code = k.code`;
}

/** A meter, a customer and values of dimensions, under the number that events and roll-ups use. */
import type { CountedEvent } from '../../domain/meter/event';
import type { Sql } from '../connect';
import { seriesKey } from './meter-keys';

const REMEMBERED_MAX = 200_000;

type Of = Pick<CountedEvent, 'meter' | 'customer' | 'dimensions'>;

/** Numbers never change and are never reused, so a process caches them. */
export class SeriesNumbers {
  private readonly known = new Map<string, number>();

  constructor(private readonly sql: Sql) {}

  /** The number of each, in the same order. A new series gets a number, even if its event is not counted in the end. */
  async of(scoped: readonly { scope: { account: string; livemode: boolean }; of: Of }[]): Promise<number[]> {
    const keys = scoped.map(({ of }) => seriesKey(of));
    const missing = new Map(scoped.flatMap((each, index) => (this.known.has(keys[index] ?? '') ? [] : [[keys[index] ?? '', each]])));
    if (missing.size > 0) await this.add([...missing].map(([key, { scope, of }]) => ({ key, ...scope, ...of })));
    return keys.map((key) => this.numberOf(key));
  }

  private async add(rows: (Of & { key: string; account: string; livemode: boolean })[]): Promise<void> {
    // Looked up first, so that existing series are not written again and use up no numbers.
    const json = JSON.stringify(rows);
    const found = await this.sql<{ id: number; key: string }[]>`
      select id, key from meter_series where key in (select (r ->> 'key')::uuid from json_array_elements(${json}::text::json) r)`;
    const isFound = new Set(found.map(({ key }) => key));
    const fresh = JSON.stringify(rows.filter(({ key }) => !isFound.has(key)));
    const made =
      isFound.size === rows.length
        ? []
        : await this.sql<{ id: number; key: string }[]>`
          insert into meter_series (key, account, livemode, meter, customer, dimensions)
          select key, account, livemode, meter, customer, dimensions from json_to_recordset(${fresh}::text::json)
            as r(key uuid, account text, livemode boolean, meter text, customer text, dimensions jsonb)
          order by key on conflict (key) do update set key = excluded.key returning id, key`;
    if (this.known.size > REMEMBERED_MAX) this.known.clear();
    for (const { id, key } of [...found, ...made]) this.known.set(key, id);
  }

  private numberOf(key: string): number {
    const number = this.known.get(key);
    if (number === undefined) throw new Error(`the series ${key} has no number`);
    return number;
  }
}

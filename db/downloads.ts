/** Who can download what: by a subscription that gives access, or by a license that can be used. */
import { createHmac } from 'node:crypto';
import { GIVING } from '../domain/access/giving';
import type { StoredFile } from '../domain/rows/file';
import type { ProductDownload } from '../domain/rows/product-download';
import type { Sql } from './connect';
import { isOneOf, type TokenSecrets } from './ids';
import { fromJson } from './json-rows';

interface Scope {
  account: string;
  livemode: boolean;
}

/** The products of which a customer has a subscription that gives access, or a license that can be used. */
export async function productsOf(sql: Sql, { account, livemode }: Scope, customer: string, now: number): Promise<string[]> {
  const rows = await sql<{ product: string }[]>`
    select p.product from subscriptions s
      join subscription_items i on i.subscription = s.id and not i.deleted
      join prices p on p.id = i.price and p.account = s.account and p.livemode = s.livemode
      where s.customer = ${customer} and s.account = ${account} and s.livemode = ${livemode} and not s.hidden and s.status = any(${[...GIVING]})
        and (s.status <> 'past_due' or s.access_ended_at is null)
    union
    select product from licenses where customer = ${customer} and account = ${account} and livemode = ${livemode} and status = 'active'
      and (expires_at is null or expires_at > ${now})`;
  return rows.map(({ product }) => product);
}

export async function downloadsOf(sql: Sql, { account, livemode }: Scope, products: readonly string[]): Promise<ProductDownload[]> {
  const rows = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(d) as row from product_downloads d
    where d.account = ${account} and d.livemode = ${livemode} and d.product = any(${[...products]}) and not d.deleted order by d.seq`;
  return rows.map(({ row }) => fromJson(row) as unknown as ProductDownload);
}

/** A download by its id, with its file; null if it is gone. */
export async function findDownload(sql: Sql, id: string): Promise<{ download: ProductDownload; file: StoredFile | null } | null> {
  const [row] = await sql<{ download: Record<string, unknown>; file: Record<string, unknown> | null }[]>`
    select to_jsonb(d) as download, to_jsonb(f) as file from product_downloads d left join files f on f.id = d.file
    where d.id = ${id} and not d.deleted`;
  if (!row) return null;
  return {
    download: fromJson(row.download) as unknown as ProductDownload,
    file: row.file && (fromJson(row.file) as unknown as StoredFile),
  };
}

/** Who may download what, and until when. */
interface DownloadGrant {
  download: string;
  customer: string;
  expiresAt: number;
}

export const downloadToken = ([secret]: TokenSecrets, grant: DownloadGrant): string => signed(secret, grant);

function signed(secret: string, { download, customer, expiresAt }: DownloadGrant): string {
  const text = `${download}.${customer}.${String(expiresAt)}`;
  return `${text}.${createHmac('sha256', secret).update(`download\n${text}`).digest('base64url')}`;
}

/** Null for a text that this installation has not made. */
export function readDownloadToken(secrets: TokenSecrets, token: string): DownloadGrant | null {
  const [download = '', customer = '', until = ''] = token.split('.');
  const grant = { download, customer, expiresAt: Number(until) };
  return isOneOf(secrets, token, (secret) => signed(secret, grant)) ? grant : null;
}

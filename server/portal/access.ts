/** The customer's licenses, the machines that use them, and what can be downloaded. */
import { downloadsOf, downloadToken, productsOf } from '../../db/downloads';
import { loadMatching } from '../../db/matching';
import { licenseProblem } from '../../domain/access/activations';
import { DOWNLOAD_SECONDS } from '../../domain/access/downloads';
import type { PortalSession } from '../../domain/rows/portal';
import type { Rows } from '../../domain/rows/rows';
import { LIMITS } from '../../domain/core/limits';
import type { PortalAccess, PortalLicense } from '../../web/portal/model';
import type { Dependencies } from '../http/dependencies';
import { customerNow, type Visit } from './operations';

/** Whether there is anything to show. */
export async function hasAccess(visit: Visit): Promise<boolean> {
  const { licenses, downloads } = await accessOf(visit);
  return licenses.length + downloads.length > 0;
}

export async function accessOf({ deps, session }: Visit): Promise<PortalAccess> {
  const now = await customerNow(deps, session);
  const products = await productsOf(deps.sql, session, session.customer, now);
  const downloads = await downloadsOf(deps.sql, session, products);
  const rows = await loadLicenses(deps, session);
  const named = await loadMatching(deps.sql, session, [
    { kind: 'product', filters: [{ column: 'id', among: [...products, ...rows.all('license').map(({ product }) => product)] }] },
  ]);
  const nameOf = (product: string): string => named.find('product', product)?.name ?? product;
  const expiresAt = Math.floor(Date.now() / 1000) + DOWNLOAD_SECONDS;
  return {
    licenses: rows.all('license').map((license) => ({ ...licenseOf(rows, license.id, now), product: nameOf(license.product) })),
    downloads: downloads.map(({ id, name, product }) => ({
      id,
      name,
      product: nameOf(product),
      url: `/downloads/${downloadToken(deps.tokenSecrets, { download: id, customer: session.customer, expiresAt })}`,
    })),
  };
}

/** The newest licenses, with the machines that use them. */
export async function loadLicenses(
  { sql }: Dependencies,
  session: Pick<PortalSession, 'account' | 'livemode' | 'customer'>,
): Promise<Rows> {
  const rows = await loadMatching(sql, session, [
    { kind: 'license', filters: [{ column: 'customer', equals: session.customer }], limit: LIMITS.portalLicenses.max },
  ]);
  rows.putAll(
    await loadMatching(sql, session, [
      {
        kind: 'licenseActivation',
        filters: [
          { column: 'license', among: rows.all('license').map(({ id }) => id) },
          { column: 'deleted', equals: false },
        ],
      },
    ]),
  );
  return rows;
}

function licenseOf(rows: Rows, id: string, now: number): Omit<PortalLicense, 'product'> {
  const license = rows.get('license', id);
  const state = licenseProblem(license, now) ?? 'active';
  const machines = rows.where('licenseActivation', (each) => each.license === id);
  return {
    id,
    state,
    key: state === 'active' ? license.key : null,
    activationLimit: license.activationLimit,
    expiresAt: license.expiresAt,
    machines: machines.map(({ id: activation, name, fingerprint }) => ({ id: activation, name: name ?? fingerprint })),
  };
}

/**
 * Signs and verifies license keys: compact JWS with Ed25519 (RFC 8037). The private key is derived from the installation's secret and the
 * key's id, so no private key is stored.
 */
import { createHmac, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { LicenseClaims, SignLicense } from '../domain/rows/license';
import type { Sql } from './connect';

/** The beginning of a private Ed25519 key in PKCS #8; its 32 bytes follow. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

function privateKey(secret: string, id: string): KeyObject {
  const seed = createHmac('sha256', secret).update(`license_signing_key\n${id}`).digest();
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function licenseSigner(secret: string): SignLicense {
  return (id, type, claims) => {
    const text = `${encoded({ alg: 'EdDSA', kid: id, typ: type })}.${encoded(claims)}`;
    return `${text}.${sign(null, Buffer.from(text), privateKey(secret, id)).toString('base64url')}`;
  };
}

/** The public key as a JWK. */
interface PublicJwk {
  alg: 'EdDSA';
  crv: 'Ed25519';
  kid: string;
  kty: 'OKP';
  use: 'sig';
  x: string;
}

export function publicJwk(secret: string, id: string): PublicJwk {
  const { x = '' } = createPublicKey(privateKey(secret, id)).export({ format: 'jwk' });
  return { alg: 'EdDSA', crv: 'Ed25519', kid: id, kty: 'OKP', use: 'sig', x };
}

/** The claims of a license key that this installation has signed; null for any other text. */
export function readLicenseKey(secret: string, key: string): LicenseClaims | null {
  const [header = '', payload = '', signature = '', ...rest] = key.split('.');
  if (rest.length > 0) return null;
  try {
    const { alg, kid, typ } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>;
    if (alg !== 'EdDSA' || typ !== 'license' || typeof kid !== 'string') return null;
    const isSigned = verify(
      null,
      Buffer.from(`${header}.${payload}`),
      createPublicKey(privateKey(secret, kid)),
      Buffer.from(signature, 'base64url'),
    );
    return isSigned ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as LicenseClaims) : null;
  } catch {
    return null;
  }
}

interface Scope {
  account: string;
  livemode: boolean;
}

export async function signingKeyIds(sql: Sql, { account, livemode }: Scope): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from license_signing_keys where account = ${account} and livemode = ${livemode} order by seq desc`;
  return rows.map(({ id }) => id);
}

/** Licenses that were revoked or suspended since then, oldest change first. */
export async function unusableLicenses(
  sql: Sql,
  { account, livemode }: Scope,
  of: { since: number; limit: number },
): Promise<{ id: string; status: string; changed: number }[]> {
  return sql<{ id: string; status: string; changed: number }[]>`
    select id, status, status_changed_at as changed from licenses
    where account = ${account} and livemode = ${livemode} and status_changed_at >= ${of.since} and status <> 'active'
    order by status_changed_at, id limit ${of.limit}`;
}

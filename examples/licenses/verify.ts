/** Verifies a license key or a certificate offline: `node --import tsx verify.ts KEYS.json TEXT [FINGERPRINT]`. Needs nothing but Node. */
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

interface Claims {
  aud: string;
  exp?: number;
  features: string[];
  fingerprint?: string;
}

export function verifyLicense(keys: { kid: string }[], text: string, fingerprint?: string): Claims {
  const [header, payload, signature] = text.split('.') as [string, string, string];
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
  const { alg, kid } = read(header) as { alg: string; kid: string };
  const jwk = keys.find((key) => key.kid === kid);
  if (alg !== 'EdDSA' || !jwk) throw new Error('unknown key');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  if (!verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))) throw new Error('wrong signature');
  const claims = read(payload) as Claims;
  if (claims.exp !== undefined && claims.exp <= Date.now() / 1000) throw new Error('expired');
  if (fingerprint !== undefined && claims.fingerprint !== fingerprint) throw new Error('another machine');
  return claims;
}

const [file = '', text = '', fingerprint] = process.argv.slice(2);
const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: { kid: string }[] };
console.log(JSON.stringify(verifyLicense(keys, text, fingerprint)));

/** Passkeys (WebAuthn): a key on the user's device signs a challenge, after the device has recognized the user. */
import { isIP } from 'node:net';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { findPasskey, insertPasskey, listCredentials, usePasskey, type PasskeyToCheck } from '../../db/passkeys';
import type { User } from '../../domain/rows/user';
import type { Dependencies } from '../http/dependencies';
import { secretOf } from './attempt-secrets';
import { recordInAudit, startSession, type Browser } from './login';

type Sql = Dependencies['sql'];

/** Where an answer must have been made. */
export interface Ceremony {
  /** Of the login attempt. */
  token: string;
  /** The console's address, as browsers know it. */
  origin: string;
}

/** Browsers keep passkeys for the name of a host, and never for an IP address or a site without TLS. */
export function canHavePasskeys(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  return (
    isIP(hostname.replace(/[[\]]/g, '')) === 0 && (protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost'))
  );
}

const hostOf = (origin: string): string => new URL(origin).hostname;
const challengeOf = (token: string) => new Uint8Array(Buffer.from(secretOf(token, 'challenge'), 'base64url'));

export async function optionsToAdd(
  sql: Sql,
  { token, origin }: Ceremony,
  { id, email, name }: Pick<User, 'id' | 'name'> & { email: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    ...{ rpName: 'Dunlin', rpID: hostOf(origin), challenge: challengeOf(token), attestationType: 'none' },
    ...{ userID: new Uint8Array(Buffer.from(id)), userName: email, userDisplayName: name ?? email },
    excludeCredentials: (await listCredentials(sql, id)).map((credential) => ({ id: credential })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** @returns false if the answer is not one to this challenge from this site, or the key is known already */
export async function addPasskey(
  sql: Sql,
  { token, origin }: Ceremony,
  { user, name, response, now }: { user: string; name: string; response: unknown; now: number },
): Promise<boolean> {
  const checked = await verifyRegistrationResponse({
    ...{ response: response as RegistrationResponseJSON, expectedChallenge: secretOf(token, 'challenge') },
    ...{ expectedOrigin: origin, expectedRPID: hostOf(origin), requireUserVerification: true },
  }).catch(() => null);
  if (checked?.verified !== true) return false;
  const { credential, credentialBackedUp: isSynced } = checked.registrationInfo;
  const { id, publicKey, counter, transports = [] } = credential;
  return insertPasskey(sql, { user, name, created: now, credential: id, publicKey: Buffer.from(publicKey), counter, transports, isSynced });
}

/** The browser offers whichever keys it has for this host. */
export const optionsToLogIn = ({ token, origin }: Ceremony): Promise<PublicKeyCredentialRequestOptionsJSON> =>
  generateAuthenticationOptions({ rpID: hostOf(origin), challenge: challengeOf(token), userVerification: 'required' });

/** @returns the token of the new session's cookie, or null */
export async function logInByPasskey(sql: Sql, ceremony: Ceremony, response: unknown, browser: Browser): Promise<string | null> {
  const found = await findPasskey(sql, credentialIn(response));
  if (found === null) return null;
  const { passkey, user } = found;
  const isRight = user.disabledAt === null && (await isSignedBy(sql, passkey, ceremony, response as AuthenticationResponseJSON));
  if (isRight) return startSession(sql, user, 'passkey', browser);
  await recordInAudit(sql, user, browser, { operation: 'log_in', status: 401 });
  return null;
}

async function isSignedBy(
  sql: Sql,
  { id, user, credential, publicKey, counter }: PasskeyToCheck,
  { token, origin }: Ceremony,
  response: AuthenticationResponseJSON,
): Promise<boolean> {
  const checked = await verifyAuthenticationResponse({
    ...{ response, expectedChallenge: secretOf(token, 'challenge'), expectedOrigin: origin, expectedRPID: hostOf(origin) },
    ...{ credential: { id: credential, publicKey: new Uint8Array(publicKey), counter }, requireUserVerification: true },
  }).catch(() => null);
  if (checked?.verified !== true) return false;
  const { userHandle } = response.response;
  if (userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() !== user) return false;
  return usePasskey(sql, { id, counter: checked.authenticationInfo.newCounter, now: Math.floor(Date.now() / 1000) });
}

function credentialIn(response: unknown): string {
  const { id } = (typeof response === 'object' ? (response ?? {}) : {}) as { id?: unknown };
  return typeof id === 'string' ? id.replaceAll('\0', '') : '';
}

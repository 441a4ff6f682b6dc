/** The provider at which people of the seller log in: OpenID Connect, by code with PKCE, state and nonce. */
import * as client from 'openid-client';
import type { OidcConfig } from '../../config';
import type { Identity } from '../../domain/authorization/single-sign-on';
import { secretOf } from './attempt-secrets';

/**
 * `denied`: the person, or the provider, has said no. `unavailable`: the provider does not answer, or not as one. `untrusted`: its answer does not belong to
 * this login, or is not its own.
 */
export type ProviderProblem = 'denied' | 'unavailable' | 'untrusted';

export class SignOnFailed extends Error {
  override name = 'SignOnFailed';

  /** @param reason for the log */
  constructor(
    readonly problem: ProviderProblem,
    readonly reason: string,
  ) {
    super(`single sign-on failed: ${reason}`);
  }
}

export interface Provider {
  /** Where the browser goes. */
  begin(token: string, redirectUri: string): Promise<URL>;
  /** @throws SignOnFailed unless the answer that the browser brings is the provider's own, to this very login, and has not expired */
  finish(token: string, answer: URL): Promise<Identity>;
}

const TIMEOUT_SECONDS = 10;
const SCOPE = 'openid email profile';

export function providerOf(oidc: OidcConfig): Provider {
  let found: Promise<client.Configuration> | undefined;
  const configuration = (): Promise<client.Configuration> => {
    found ??= discover(oidc).catch((error: unknown) => {
      found = undefined;
      throw failure(error);
    });
    return found;
  };
  return {
    async begin(token, redirectUri) {
      const [state, nonce, verifier] = [secretOf(token, 'state'), secretOf(token, 'nonce'), secretOf(token, 'verifier')];
      return client.buildAuthorizationUrl(await configuration(), {
        ...{ redirect_uri: redirectUri, scope: SCOPE, state, nonce },
        ...{ code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
      });
    },
    async finish(token, answer) {
      const config = await configuration();
      return identityOf(oidc, await claimsOf(config, token, answer));
    },
  };
}

// eslint-disable-next-line @typescript-eslint/no-deprecated -- it is marked so to stand out; a provider without TLS runs on this machine
const allowPlain: (config: client.Configuration) => void = client.allowInsecureRequests;

async function discover({ issuer, clientId, clientSecret }: OidcConfig): Promise<client.Configuration> {
  const at = new URL(issuer);
  const isPlain = at.protocol === 'http:';
  const execute = isPlain ? [allowPlain] : [];
  const found = await client.discovery(at, clientId, undefined, undefined, { timeout: TIMEOUT_SECONDS, execute });
  const metadata = found.serverMetadata();
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const authentication = methods.includes('client_secret_basic')
    ? client.ClientSecretBasic(clientSecret)
    : client.ClientSecretPost(clientSecret);
  const config = new client.Configuration(metadata, clientId, clientSecret, authentication);
  config.timeout = TIMEOUT_SECONDS;
  if (isPlain) allowPlain(config);
  // The signature is checked too, although the token comes from the provider itself.
  client.enableNonRepudiationChecks(config);
  return config;
}

type Claims = Record<string, unknown> & { iss: string; sub: string };

/** The ID token's claims, and those that the provider tells only at its endpoint of user info. */
async function claimsOf(config: client.Configuration, token: string, answer: URL): Promise<Claims> {
  const [state, nonce, verifier] = [secretOf(token, 'state'), secretOf(token, 'nonce'), secretOf(token, 'verifier')];
  try {
    const tokens = await client.authorizationCodeGrant(config, answer, {
      ...{ pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new SignOnFailed('untrusted', 'there is no ID token');
    const more =
      config.serverMetadata().userinfo_endpoint === undefined ? {} : await client.fetchUserInfo(config, tokens.access_token, claims.sub);
    return { ...more, ...claims };
  } catch (error) {
    throw failure(error);
  }
}

function failure(error: unknown): SignOnFailed {
  if (error instanceof SignOnFailed) return error;
  if (error instanceof client.AuthorizationResponseError) return new SignOnFailed('denied', error.error);
  const { code, cause, message } = error as { code?: string; cause?: unknown; message?: string };
  const claim = (cause as { claim?: unknown } | undefined)?.claim;
  const reason = [code ?? message ?? 'unknown', ...(typeof claim === 'string' ? [claim] : [])].join(' ');
  const isAnswer = error instanceof client.ResponseBodyError || (error instanceof client.ClientError && !isAway(code));
  return new SignOnFailed(isAnswer ? 'untrusted' : 'unavailable', reason);
}

/** The provider was not reached in time, or what it says is no answer of such a provider. */
const isAway = (code: string | undefined): boolean =>
  code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM';

function identityOf({ roles }: OidcConfig, claims: Claims): Identity {
  const { iss: issuer, sub: subject, email, email_verified: isEmailVerified, name } = claims;
  const groups = roles === undefined ? [] : claims[roles.claim];
  return {
    ...{ issuer, subject, isEmailVerified: isEmailVerified === true },
    email: typeof email === 'string' && email !== '' ? email : null,
    name: typeof name === 'string' ? name.slice(0, NAME_MAX) : null,
    groups: (Array.isArray(groups) ? groups : [groups]).filter((each) => typeof each === 'string'),
  };
}

const NAME_MAX = 100;

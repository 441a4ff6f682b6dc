/** Runs a provider of OpenID Connect for a test, in a process of its own: see `oidc.ts`. */
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';
import type { ProviderState } from './oidc';

type Claims = Record<string, unknown>;

let state: ProviderState = { person: null, lie: {}, isForged: false };
const [own, foreign] = [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('rsa', { modulusLength: 2048 })];

const configuration = (client: { client_id: string; client_secret: string }, callback: string): Configuration => ({
  clients: [{ ...client, redirect_uris: [callback] }],
  jwks: { keys: [{ ...own.privateKey.export({ format: 'jwk' }), kid: 'own', alg: 'RS256', use: 'sig' }] as never },
  cookies: { keys: ['a key of the test'] },
  features: { devInteractions: { enabled: false } },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ ...state.person, sub: id }) }),
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId ?? '', accountId: oidc.session?.accountId ?? '' });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});

function signed(token: string, key: KeyObject): string {
  const [header = '', payload = ''] = token.split('.');
  const claims = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims), ...state.lie };
  const said = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${said}.${createSign('RSA-SHA256').update(said).sign(key).toString('base64url')}`;
}

function start(issuer: string, client: { client_id: string; client_secret: string }, callback: string): Provider {
  const provider = new Provider(issuer, configuration(client, callback));
  provider.use(async (ctx, next) => {
    await next();
    const body = ctx.body as { id_token?: string } | undefined;
    if (ctx.path === '/token' && body?.id_token !== undefined) {
      body.id_token = signed(body.id_token, (state.isForged ? foreign : own).privateKey);
    }
  });
  return provider;
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  let provider: Provider | undefined;
  process.on('message', (message: { client: { client_id: string; client_secret: string }; callback: string } | ProviderState) => {
    if ('callback' in message) provider = start(issuer, message.client, message.callback);
    else state = message;
    process.send?.({ done: true });
  });
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) void provider?.callback()(request, response);
    else {
      const { person } = state;
      void provider?.interactionFinished(
        request,
        response,
        person === null ? { error: 'access_denied' } : { login: { accountId: person.sub } },
      );
    }
  });
  process.send?.({ issuer });
});

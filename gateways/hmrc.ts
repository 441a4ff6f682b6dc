/**
 * HMRC's register of British value added tax ids: "Check a UK VAT number" 2.0, for an application that is registered at its Developer Hub.
 * https://developer.service.hmrc.gov.uk/api-documentation/docs/api/service/vat-registered-companies-api/2.0
 */
import { DEADLINES } from '../domain/core/deadlines';
import { RegistryUnavailable, type RegistryAnswer, type TaxIdRegistry } from './tax-id-registry';

export interface HmrcSettings {
  clientId: string;
  clientSecret: string;
  /** The base of HMRC's APIs, without a slash at the end. */
  url: string;
}

export function createHmrc(settings: HmrcSettings): TaxIdRegistry {
  const token = tokenOf(settings);
  return {
    async check({ value, requester }) {
      const number = digitsOf(value);
      // Numbers of government departments and health authorities (GBGD001, GBHA500) are not in this API.
      if (number === null) throw new RegistryUnavailable('HMRC cannot be asked about this form of number');
      const own = requester === null ? null : digitsOf(requester);
      const answer = await look(settings, await token(), own === null ? number : `${number}/${own}`);
      // HMRC does not know the seller: it still knows the customer.
      return answerOf(answer.status === 403 && own !== null ? await look(settings, await token(), number) : answer);
    },
  };
}

/** `GB 123 4567 89` is `123456789`; null without 9 or 12 digits. */
function digitsOf(value: string): string | null {
  const number = value
    .toUpperCase()
    .replace(/[ ./-]/g, '')
    .replace(/^(GB|XI)/, '');
  return /^(\d{9}|\d{12})$/.test(number) ? number : null;
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

const look = ({ url }: HmrcSettings, token: string, path: string): Promise<Answer> =>
  ask(`${url}/organisations/vat/check-vat-number/lookup/${path}`, {
    headers: { Accept: 'application/vnd.hmrc.2.0+json', Authorization: `Bearer ${token}` },
  });

/** A token lasts four hours. It is renewed some minutes before it ends. */
function tokenOf({ url, clientId, clientSecret }: HmrcSettings): () => Promise<string> {
  let kept: { token: string; until: number } | null = null;
  return async () => {
    if (kept && Date.now() < kept.until) return kept.token;
    const { status, body } = await ask(`${url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope: 'read:vat' }),
    });
    const { access_token: token, expires_in: seconds } = body;
    if (typeof token !== 'string') throw new RegistryUnavailable(`HMRC gives no token: HTTP ${String(status)}`);
    kept = { token, until: Date.now() + (Number(seconds) || 0) * 1000 - RENEWED_BEFORE };
    return token;
  };
}

const RENEWED_BEFORE = 300_000;

async function ask(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(DEADLINES.registryRequest) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  } catch (error) {
    throw new RegistryUnavailable(`HMRC did not answer: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}

interface Target {
  name?: unknown;
  address?: Record<string, unknown>;
}

/** Only a company, or its absence, is an answer. Too many questions, a wrong token and an outage are not. */
function answerOf({ status, body }: Answer): RegistryAnswer {
  const target = body['target'] as Target | undefined;
  if (status === 404 && body['code'] === 'NOT_FOUND') return { isValid: false, reference: null, name: null, address: null };
  if (status !== 200 || target === undefined) throw new RegistryUnavailable(`HMRC cannot say now: HTTP ${String(status)}`);
  const lines = Object.entries(target.address ?? {}).flatMap(([key, line]) => (key === 'countryCode' ? [] : (textOf(line) ?? [])));
  const address = lines.length === 0 ? null : lines.join('\n');
  return { isValid: true, reference: textOf(body['consultationNumber']), name: textOf(target.name), address };
}

const textOf = (text: unknown): string | null => (typeof text === 'string' && text.trim() !== '' ? text.trim() : null);

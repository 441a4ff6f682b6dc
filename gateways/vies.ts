/**
 * VIES, the European Commission's search in the registries of value added tax ids of the member states and Northern Ireland. Its REST API:
 * https://ec.europa.eu/taxation_customs/vies/#/technical-information
 */
import { DEADLINES } from '../domain/core/deadlines';
import { RegistryUnavailable, type RegistryAnswer, type TaxIdRegistry } from './tax-id-registry';

/** @param url the base of the REST API, without a slash at the end */
export function createVies(url: string): TaxIdRegistry {
  return {
    async check({ value, requester }) {
      const asked = { ...partsOf(value, 'countryCode', 'vatNumber') };
      if (requester === null) return answerOf(await ask(url, asked));
      const answer = await ask(url, { ...asked, ...partsOf(requester, 'requesterMemberStateCode', 'requesterNumber') });
      // VIES does not know the seller: it still knows the customer.
      return answerOf(errorOf(answer) === 'INVALID_REQUESTER_INFO' ? await ask(url, asked) : answer);
    },
  };
}

/** VIES calls Greece EL, as the tax ids do. */
function partsOf(value: string, country: string, number: string): Record<string, string> {
  const bare = value.toUpperCase().replace(/[ ./-]/g, '');
  return { [country]: bare.slice(0, 2).replace('GR', 'EL'), [number]: bare.slice(2) };
}

interface ViesAnswer {
  valid?: unknown;
  requestIdentifier?: unknown;
  name?: unknown;
  address?: unknown;
  errorWrappers?: { error?: unknown }[];
}

async function ask(url: string, body: Record<string, string>): Promise<ViesAnswer> {
  try {
    const response = await fetch(`${url}/check-vat-number`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(DEADLINES.registryRequest),
    });
    return (await response.json()) as ViesAnswer;
  } catch (error) {
    throw new RegistryUnavailable(`VIES did not answer: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}

const errorOf = ({ errorWrappers }: ViesAnswer): unknown => errorWrappers?.[0]?.error;

/** Only a plain yes or no counts. An outage of a member state, or too many questions at once, is neither. */
function answerOf(answer: ViesAnswer): RegistryAnswer {
  const { valid, requestIdentifier, name, address } = answer;
  const error = errorOf(answer);
  if (error === 'INVALID_INPUT') return { isValid: false, reference: null, name: null, address: null };
  if (error !== undefined || typeof valid !== 'boolean') {
    throw new RegistryUnavailable(`VIES cannot say now: ${typeof error === 'string' ? error : 'no answer that it documents'}`);
  }
  return { isValid: valid, reference: textOf(requestIdentifier), name: textOf(name), address: textOf(address) };
}

/** VIES writes `---` for what a member state does not disclose. */
const textOf = (text: unknown): string | null => (typeof text === 'string' && /[^-\s]/.test(text) ? text.trim() : null);

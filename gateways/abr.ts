/**
 * ABN Lookup, the public view of the Australian Business Register, for whoever has an authentication GUID. Its JSON service answers with a
 * call of a function (JSONP): https://abr.business.gov.au/json/
 */
import { DEADLINES } from '../domain/core/deadlines';
import { RegistryUnavailable, type RegistryAnswer, type TaxIdRegistry } from './tax-id-registry';

export interface AbrSettings {
  /** The authentication GUID. */
  guid: string;
  /** The base of the JSON service, without a slash at the end. */
  url: string;
}

export function createAbr({ guid, url }: AbrSettings): TaxIdRegistry {
  return {
    async check({ value }) {
      const query = new URLSearchParams({ abn: value.replace(/\D/g, ''), callback: 'callback', guid });
      return answerOf(await ask(`${url}/AbnDetails.aspx?${query.toString()}`));
    },
  };
}

interface Details {
  Abn?: unknown;
  AbnStatus?: unknown;
  EntityName?: unknown;
  AddressState?: unknown;
  AddressPostcode?: unknown;
  Message?: unknown;
}

async function ask(url: string): Promise<Details> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINES.registryRequest) });
    const [, json = ''] = /^callback\((.*)\)\s*;?\s*$/s.exec(await response.text()) ?? [];
    return JSON.parse(json) as Details;
  } catch (error) {
    throw new RegistryUnavailable(`ABN Lookup did not answer: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}

/** The messages of a number that the register does not have, or that is none. Others (a wrong GUID) say nothing about the number. */
const UNKNOWN_NUMBER = /not a valid ABN|No record found/i;

/** An ABN that was canceled is not valid any more. */
function answerOf({
  Abn: abn,
  AbnStatus: status,
  EntityName: name,
  AddressState: state,
  AddressPostcode: postcode,
  Message: message,
}: Details): RegistryAnswer {
  if (typeof message === 'string' && UNKNOWN_NUMBER.test(message)) return { isValid: false, reference: null, name: null, address: null };
  if (textOf(abn) === null || textOf(status) === null) throw new RegistryUnavailable('ABN Lookup cannot say now');
  const address = [textOf(state), textOf(postcode)].filter((part) => part !== null).join(' ');
  return { isValid: status === 'Active', reference: null, name: textOf(name), address: address === '' ? null : address };
}

const textOf = (text: unknown): string | null => (typeof text === 'string' && text.trim() !== '' ? text.trim() : null);

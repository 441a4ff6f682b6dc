import Stripe from 'stripe';
import NextStripe from 'stripe-23';

/** A call of Stripe's SDK: `testHelpers.testClocks.advance`, and its request. */
export interface SdkCall {
  name: string;
  resource: string;
  method: string;
  path: string;
}

/** Every call in the SDKs for the two supported versions, read from the SDKs themselves. */
export function sdkCalls(): SdkCall[] {
  const [own, next] = [new Stripe(NOBODY), new NextStripe(NOBODY)].map((sdk) => {
    const found: SdkCall[] = [];
    collect(sdk, [], found);
    return found;
  });
  return [...new Map([...(next ?? []), ...(own ?? [])].map((call) => [call.name, call])).values()];
}

const NOBODY = 'sk_test_of_nobody';

const DEPTH = 3;

function collect(holder: object, names: string[], found: SdkCall[]): void {
  for (const [name, value] of Object.entries(holder) as [string, unknown][]) {
    if (!isMember(name) || typeof value !== 'object' || value === null || !isResource(value)) continue;
    const path = [...names, name];
    found.push(...callsOf(value, path.join('.')));
    if (path.length < DEPTH) collect(value, path, found);
  }
}

/** Whether it is a resource, or a group of resources. */
function isResource(value: object, depth = DEPTH): boolean {
  if ('_makeRequest' in value || depth === 0) return '_makeRequest' in value;
  const members = Object.entries(value).filter(([name]) => isMember(name)) as [string, unknown][];
  return members.some(([, each]) => typeof each === 'object' && each !== null && isResource(each, depth - 1));
}

/** A group of v2 contains the whole SDK again. */
const isMember = (name: string): boolean => !name.startsWith('_') && name !== 'stripe';

function callsOf(resource: object, name: string): SdkCall[] {
  const prototype = Object.getPrototypeOf(resource) as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((method) => {
    if (method === 'constructor') return [];
    const source = typeof prototype[method] === 'function' ? String(prototype[method]) : '';
    const [, verb, path] = /_makeRequest\(\s*['"](GET|POST|DELETE)['"],\s*['"`](\/v[12]\/[^'"`]*)['"`]/.exec(source) ?? [];
    if (verb === undefined || path === undefined) return [];
    return [{ name: `${name}.${method}`, resource: name, method: verb.toLowerCase(), path: path.replace(/\$\{[^}]*\}/g, ':id') }];
  });
}

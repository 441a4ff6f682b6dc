/** Where webhooks may go: public addresses over http and https, and what the configuration also allows. */
import { lookup, type LookupAddress } from 'node:dns';
import { lookup as resolve } from 'node:dns/promises';
import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { DEADLINES } from '../domain/core/deadlines';

/**
 * Ranges that embed IPv4 in IPv6, and private, loopback, link-local (including metadata services), shared, documentation, multicast and
 * reserved ranges.
 */
const NOT_PUBLIC = rangesOf([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24'],
  ...['192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16'],
  ...['3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
]);
const LOOKUP_MS = DEADLINES.nameLookup;

/** Separate lists, because Node treats every IPv4 address as one of the mapped IPv6 range. */
interface Ranges {
  v4: BlockList;
  v6: BlockList;
}

/** The allowed targets; made once per process from the configuration's hosts and CIDR ranges. */
export class WebhookTargets {
  private readonly allowedAddresses: Ranges;
  private readonly allowedNames: Set<string>;

  constructor(allowed: string[]) {
    const addresses = allowed.filter((entry) => isIP(entry.split('/')[0] ?? '') !== 0);
    this.allowedAddresses = rangesOf(addresses);
    this.allowedNames = new Set(allowed.filter((entry) => !addresses.includes(entry)).map((name) => name.toLowerCase()));
  }

  /** Why an endpoint cannot have this URL, for its creator; null if it can. A name that does not resolve yet is accepted. */
  async refusal(text: string): Promise<string | null> {
    if (!URL.canParse(text)) return 'Not a valid URL';
    const url = new URL(text);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'URL must begin with http or https';
    if (url.username !== '' || url.password !== '') return 'URL must not contain credentials';
    const host = hostOf(url);
    if (this.allowedNames.has(host)) return null;
    const addresses = isIP(host) === 0 ? await addressesOf(host) : [{ address: host, family: isIP(host) }];
    const refused = addresses.some((each) => !this.isAllowed(each) && isIn(NOT_PUBLIC, each));
    return refused ? 'URL must be publicly accessible: this one leads to a private, loopback or link-local address' : null;
  }

  /**
   * An agent that connects to this URL's target, as the name resolves now, or refuses. A name in an allowed range is pinned to its resolved
   * addresses, so that a second DNS answer cannot lead elsewhere.
   */
  async agentFor(url: URL): Promise<HttpAgent> {
    const host = hostOf(url);
    const secure = url.protocol === 'https:';
    if (this.allowedNames.has(host)) return secure ? new HttpsAgent() : new HttpAgent();
    const addresses = isIP(host) === 0 ? await addressesOf(host) : [{ address: host, family: isIP(host) }];
    if (addresses.length > 0 && addresses.every((each) => this.isAllowed(each))) {
      const pinned = { lookup: lookupOf(addresses) } as AgentOptions;
      return secure ? new HttpsAgent(pinned) : new HttpAgent(pinned);
    }
    if (addresses.some((each) => !this.isAllowed(each) && isIn(NOT_PUBLIC, each))) return new RefusingAgent();
    return secure ? new RequestFilteringHttpsAgent() : new RequestFilteringHttpAgent();
  }

  private isAllowed(address: LookupAddress): boolean {
    return isIn(this.allowedAddresses, address);
  }
}

/** Connects to nothing, whatever the protocol. */
class RefusingAgent extends HttpAgent {
  // Node then takes it for that of the request.
  readonly protocol = '';

  override createConnection(): never {
    throw new Error('the address is not allowed');
  }
}

function hostOf(url: URL): string {
  return url.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

async function addressesOf(host: string): Promise<LookupAddress[]> {
  const late = new Promise<LookupAddress[]>((done) => setTimeout(done, LOOKUP_MS, []).unref());
  return Promise.race([resolve(host, { all: true }).catch(() => []), late]);
}

function lookupOf(addresses: LookupAddress[]): LookupFunction {
  return (host, options, callback) => {
    const [first] = addresses;
    if (first === undefined) lookup(host, options, callback);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  };
}

function isIn(ranges: Ranges, { address, family }: LookupAddress): boolean {
  return family === 6 ? ranges.v6.check(address, 'ipv6') : ranges.v4.check(address, 'ipv4');
}

function rangesOf(texts: string[]): Ranges {
  const ranges: Ranges = { v4: new BlockList(), v6: new BlockList() };
  for (const text of texts) {
    const [address = '', prefix] = text.split('/');
    const [list, family] = isIP(address) === 6 ? [ranges.v6, 'ipv6' as const] : [ranges.v4, 'ipv4' as const];
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return ranges;
}

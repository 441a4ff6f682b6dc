/** Where a caller is: the one place that decides it. What `X-Forwarded-For` says counts as far as TRUSTED_PROXIES trusts who has written it. */
import { isIP } from 'node:net';
import type { Express, Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import type { Config } from '../../config';

/** Without a trusted proxy, an address is that of the connection, whatever its headers say. */
export const trustProxies = (app: Express, { trustedProxies }: Pick<Config, 'trustedProxies'>): Express =>
  app.set('trust proxy', trustedProxies);

/** Empty if a trusted proxy passes on what is no address. An IPv4 address that came over IPv6 is shown as IPv4. */
export function addressOf({ ip = '' }: Pick<Request, 'ip'>): string {
  const address = ip.replace(/^::ffff:(?=[\d.]+$)/i, '');
  return isIP(address) === 0 ? '' : address;
}

/** What limits count by: in IPv6 one caller has a whole network of addresses. */
export const callerAddress = (request: Pick<Request, 'ip'>): string => ipKeyGenerator(addressOf(request));

import { readFileSync } from 'node:fs';
import type { Config, TemporalCertificates } from '../config';

/** TLS as Temporal's SDKs take it. */
interface Tls {
  clientCertPair?: { crt: Buffer; key: Buffer };
  serverRootCACertificate?: Buffer;
  serverNameOverride?: string;
}

/** Connection options for Temporal: address, and credentials if there are any. A new certificate in the files counts from the next start on. */
export function temporalConnectionOptions(config: Config): { address: string; tls: boolean | Tls; apiKey?: string } {
  const { temporalAddress: address, temporalTls, temporalApiKey: apiKey } = config;
  if (address === undefined) throw new Error('TEMPORAL_ADDRESS is not set: say where Temporal is, or run npx dunlin start');
  const tls = temporalTls && tlsOf(config.temporalCertificates);
  return { address, tls, ...(apiKey === undefined ? {} : { apiKey }) };
}

/** @throws Error if a file cannot be read */
function tlsOf({ clientCertificate, clientKey, authority, serverName }: TemporalCertificates): true | Tls {
  const tls: Tls = {
    ...(clientCertificate !== undefined && clientKey !== undefined
      ? { clientCertPair: { crt: readFileSync(clientCertificate), key: readFileSync(clientKey) } }
      : {}),
    ...(authority === undefined ? {} : { serverRootCACertificate: readFileSync(authority) }),
    ...(serverName === undefined ? {} : { serverNameOverride: serverName }),
  };
  return Object.keys(tls).length === 0 || tls;
}

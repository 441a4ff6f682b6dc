import type { Config } from '../config';

/** Connection options for Temporal: address, and credentials if there are any. */
export function temporalConnectionOptions(config: Config): { address: string; tls: boolean; apiKey?: string } {
  const { temporalAddress: address, temporalTls: tls, temporalApiKey: apiKey } = config;
  if (address === undefined) throw new Error('TEMPORAL_ADDRESS is not set: say where Temporal is, or run npm start');
  return { address, tls, ...(apiKey === undefined ? {} : { apiKey }) };
}

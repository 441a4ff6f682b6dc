/** The configuration of a Temporal server whose services run in one process. */
import { SERVICES, type ServicePorts } from './ports';

/** @returns to be written as JSON, which is also YAML */
export function serverConfiguration(of: { postgres: string; shards: number; connections: number }, ports: ServicePorts): object {
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: of.shards,
      datastores: {
        default: { sql: datastore(of.postgres, 'temporal', of.connections) },
        visibility: { sql: datastore(of.postgres, 'temporal_visibility', Math.max(2, Math.floor(of.connections / 4))) },
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(
      SERVICES.map((service) => [
        service,
        { rpc: { grpcPort: ports[service].grpc, membershipPort: ports[service].membership, bindOnLocalHost: true } },
      ]),
    ),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: `localhost:${String(ports.frontend.grpc)}` },
      },
    },
  };
}

function datastore(url: string, databaseName: string, maxConns: number): object {
  const { host, username, password } = new URL(url);
  return {
    pluginName: 'postgres12',
    databaseName,
    connectAddr: host,
    connectProtocol: 'tcp',
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    maxConns,
    maxIdleConns: maxConns,
    maxConnLifetime: '1h',
  };
}

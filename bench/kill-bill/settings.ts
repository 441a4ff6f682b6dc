/** How Kill Bill is configured: for little work per unit, not for few connections or little memory. */

/** For Kill Bill 0.22 on a JDK that closes its own packages: its libraries generate classes and handle URLs of jars at run time. */
const OPENED = [
  'java.lang',
  'java.lang.reflect',
  'java.util',
  'java.io',
  'java.net',
  ...['jar', 'file', 'ftp', 'http', 'https'].map(protocol),
];

function protocol(name: string): string {
  return `sun.net.www.protocol.${name}`;
}

export const JVM_OPTIONS = [
  // Collects with few, long pauses, which takes less CPU than collecting beside the work.
  '-XX:+UseParallelGC',
  '-Xms1g',
  '-Xmx1g',
  '-Djava.security.egd=file:/dev/./urandom',
  ...OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
];

export interface Places {
  /** A role that may make event triggers, as Kill Bill's own tables need. */
  databaseUrl: string;
  catalog: string;
  plugins: string;
}

export function propertiesOf({ databaseUrl, catalog, plugins }: Places): string {
  const { hostname, port, pathname, username, password } = new URL(databaseUrl);
  const url = `jdbc:postgresql://${hostname}:${port}${pathname}`;
  const settings: Record<string, string> = {
    ...daoOf('org.killbill.dao', { url, username, password, connections: 30 }),
    ...daoOf('org.killbill.billing.osgi.dao', { url, username, password, connections: 10 }),
    'org.killbill.catalog.uri': `file://${catalog}`,
    'org.killbill.osgi.bundle.install.dir': plugins,
    'org.killbill.server.multitenant': 'true',
    // Its clock can be moved.
    'org.killbill.server.test.mode': 'true',
    'org.killbill.invoice.sanitySafetyBoundEnabled': 'false',
    'org.killbill.invoice.maxDailyNumberOfItemsSafetyBound': '-1',
    // Queues wake by an event in the process, not by polling, and take many entries at once.
    'org.killbill.persistent.bus.main.queue.mode': 'STICKY_EVENTS',
    'org.killbill.persistent.bus.main.claimed': '20',
    'org.killbill.persistent.bus.main.nbThreads': '8',
    'org.killbill.persistent.bus.main.sleep': '0',
    'org.killbill.persistent.bus.external.inMemory': 'true',
    'org.killbill.persistent.bus.external.queue.mode': 'STICKY_EVENTS',
    'org.killbill.notificationq.main.queue.mode': 'STICKY_POLLING',
    'org.killbill.notificationq.main.claimed': '20',
    'org.killbill.notificationq.main.notification.nbThreads': '8',
    'org.killbill.notificationq.main.sleep': '500',
    'org.killbill.payment.plugin.threads.nb': '10',
    'org.killbill.payment.plugin.timeout': '30s',
    // Each request brings the tenant's secret, and Kill Bill hashes it 200,000 times, 70 ms, unless it is told otherwise. Dunlin hashes a key once.
    'org.killbill.security.shiroNbHashIterations': '1',
    'org.killbill.server.http.gzip': 'false',
    'org.killbill.server.updateCheck.skip': 'true',
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

interface Dao {
  url: string;
  username: string;
  password: string;
  connections: number;
}

function daoOf(prefix: string, { url, username, password, connections }: Dao): Record<string, string> {
  return {
    [`${prefix}.url`]: url,
    [`${prefix}.user`]: username,
    [`${prefix}.password`]: password,
    [`${prefix}.maxActive`]: String(connections),
    [`${prefix}.minIdle`]: String(connections),
    [`${prefix}.logLevel`]: 'TRACE',
  };
}

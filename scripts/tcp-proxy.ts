import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A connection to a service that can be cut: it looks like a broken network or a stopped machine. */
export interface TcpProxy {
  port: number;
  /** Everything is forwarded. */
  pass(): void;
  /** Connections stay open and new ones are accepted, but nothing is forwarded: like a stopped machine, or lost packets. */
  hang(): void;
  /** Connections are cut, and new ones too: like a service that is down. */
  refuse(): void;
  /** The number of open connections through it. */
  open(): number;
  close(): Promise<void>;
}

export async function startProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const pairs = new Set<[Socket, Socket]>();
  let mode: 'pass' | 'hang' | 'refuse' = 'pass';
  const server = createServer((client) => {
    if (mode === 'refuse') {
      client.destroy();
      return;
    }
    const upstream = connect(target.port, target.host);
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    client.pipe(upstream);
    upstream.pipe(client);
    if (mode === 'hang') for (const socket of pair) socket.pause();
  });
  const port = await listen(server);
  const set = (next: typeof mode, each: (pair: [Socket, Socket]) => void): void => {
    mode = next;
    [...pairs].forEach(each);
  };
  return {
    port,
    pass: () => {
      set('pass', ([client, upstream]) => {
        client.resume();
        upstream.resume();
      });
    },
    hang: () => {
      set('hang', ([client, upstream]) => {
        client.pause();
        upstream.pause();
      });
    },
    refuse: () => {
      set('refuse', ([client, upstream]) => {
        client.destroy();
        upstream.destroy();
      });
    },
    open: () => pairs.size,
    close: async () => {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A proxy to the host of a URL; `url` leads through the proxy. */
export async function startProxyTo(target: string): Promise<TcpProxy & { url: string }> {
  const url = new URL(target);
  const proxy = await startProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  return { ...proxy, url: url.href };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a service that can be cut: what a network or a stopped machine looks like from here. */
export interface TcpProxy {
  port: number;
  /** Everything is forwarded. */
  pass(): void;
  /** Connections stay open and new ones are taken, and nothing is forwarded: a machine that is stopped, or packets that are lost. */
  hang(): void;
  /** Connections are cut, and new ones too: a service that is down. */
  refuse(): void;
  /** Connections that are open through it. */
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

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

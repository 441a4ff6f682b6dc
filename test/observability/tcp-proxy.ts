import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy before something that is running, which can be made to hang or to refuse, as a network does. */
export interface TcpProxy {
  port: number;
  /** Takes connections and bytes, and passes nothing on. */
  hang(): void;
  /** Closes what is open, and refuses what comes. */
  refuse(): void;
  /** Passes everything on again; what hung is passed on late. */
  heal(): void;
  /** Connections that are open to it. */
  open(): number;
  close(): Promise<void>;
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const pairs = new Set<[Socket, Socket]>();
  let mode: 'pass' | 'hang' | 'refuse' = 'pass';
  const server = createServer((incoming) => {
    if (mode === 'refuse') return void incoming.destroy();
    const outgoing = connect(target);
    const pair: [Socket, Socket] = [incoming, outgoing];
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      pair.forEach((socket) => socket.destroy());
    };
    pair.forEach((socket) => socket.on('error', end).on('close', end));
    incoming.on('data', (bytes) => outgoing.write(bytes));
    outgoing.on('data', (bytes) => incoming.write(bytes));
    if (mode === 'hang') pair.forEach((socket) => socket.pause());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const all = (): Socket[] => [...pairs].flat();
  return {
    port: (server.address() as AddressInfo).port,
    hang() {
      mode = 'hang';
      all().forEach((socket) => socket.pause());
    },
    refuse() {
      mode = 'refuse';
      all().forEach((socket) => socket.destroy());
    },
    heal() {
      mode = 'pass';
      all().forEach((socket) => socket.resume());
    },
    open: () => pairs.size,
    async close() {
      all().forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { openTap, type Tap } from '../../bench/tap';
import { connect, type Sql } from '../../db/connect';
import { startProduct, type Product } from './product';
import { ADMIN_URL } from './stack';

/** The product with a wire between it and Postgres that counts what passes. */
export interface TappedProduct {
  product: Product;
  tap: Tap;
  /** Past the wire, for what the test itself asks. */
  direct: Sql;
  stop(): Promise<void>;
}

export async function startTappedProduct(): Promise<TappedProduct> {
  const untapped = process.env[ADMIN_URL] ?? '';
  const tap = await openTap(untapped);
  // The sweep would be counted with whatever it comes in between of. Few connections have soon prepared every statement.
  const product = await startProduct({ sweepEveryMs: 3_600_000, connections: 4, serverUrl: tap.url });
  const url = new URL(product.system.database.url);
  url.port = new URL(untapped).port;
  const direct = connect(url.href, { max: 1 });
  const stop = async (): Promise<void> => {
    await direct.end();
    await product.stop();
    await tap.close();
  };
  return { product, tap, direct, stop };
}

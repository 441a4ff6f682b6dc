/** A careful client of several servers: it repeats a call at the next server, under the same Idempotency-Key, until it is answered. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApi, RefusedError, type Api } from '../api';

const PATIENCE_MS = 120_000;
const PAUSE_MS = 200;

export function createCarefulApi(urls: string[], apiKey: string): Api {
  const apis = urls.map((url) => createApi({ url, apiKey }));
  let next = 0;
  const insist = async <T>(call: (api: Api) => Promise<T>): Promise<T> => {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const api = apis[(next += 1) % apis.length];
      if (api === undefined) throw new Error('there is no server');
      try {
        return await call(api);
      } catch (error) {
        if ((error instanceof RefusedError && !error.mayPass) || Date.now() > deadline) throw error;
        await sleep(PAUSE_MS);
      }
    }
  };
  return {
    get: (path) => insist((api) => api.get(path)),
    post: (path, parameters) => {
      const key = randomUUID();
      return insist((api) => api.post(path, parameters, key));
    },
    postJson: (path, body) => insist((api) => api.postJson(path, body)),
    close: () => {
      for (const api of apis) api.close();
    },
  };
}

import { request } from 'node:http';

/** Sends a form with a Host header that its sender has made up, which `fetch` does not allow. */
export function sendNaming(host: string, address: string, entries: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', host };
    request(address, { method: 'POST', headers }, (response) => {
      response.resume().once('end', () => {
        resolve(response.statusCode);
      });
    })
      .once('error', reject)
      .end(new URLSearchParams(entries).toString());
  });
}

import { operations } from '../../../server/routes';
import { startServer, type TestServer } from '../server';

interface Document {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      {
        parameters?: { name: string; in: string }[];
        requestBody?: { content: Record<string, { schema: { properties: Record<string, unknown> } }> };
      }
    >
  >;
}

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function document(): Promise<Document> {
  return (await (await fetch(`${server.url}/openapi.json`)).json()) as Document;
}

test('every operation is in the OpenAPI document, and nothing else', async () => {
  const { openapi, paths } = await document();
  expect(openapi).toMatch(/^3\.1\./);
  const listed = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  const expected = operations.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(listed.sort()).toEqual(expected.sort());
});

test('parameters are described as they are validated', async () => {
  const { paths } = await document();
  const form = paths['/v1/prices']?.['post']?.requestBody?.content['application/x-www-form-urlencoded']?.schema.properties;
  expect(form?.['unit_amount']).toMatchObject({ type: 'integer' });
  expect(Object.keys(form ?? {})).toEqual(expect.arrayContaining(['currency', 'recurring', 'metadata', 'expand']));
  expect(paths['/v1/prices']?.['get']?.parameters).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'starting_after', in: 'query' })]),
  );
});

test('the docs page and all that it loads are served by Dunlin itself', async () => {
  const page = await fetch(`${server.url}/docs`);
  const html = await page.text();
  const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
  expect(assets.length).toBeGreaterThan(2);
  for (const asset of assets) {
    expect(asset).not.toMatch(/^(https?:)?\/\//);
    expect((await fetch(new URL(asset, page.url))).status).toBe(200);
  }
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
});

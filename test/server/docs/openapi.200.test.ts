import { createHash } from 'node:crypto';
import { API_VERSIONS } from '../../../domain/rows/api-version';
import { documents } from '../../../server/documents';
import { DOCUMENT_LINKS } from '../../../server/documents/links';
import type { Dependencies } from '../../../server/http/dependencies';
import { operations } from '../../../server/routes';
import { startServer, type TestServer } from '../server';

interface Document {
  openapi: string;
  info: { version: string };
  components: { schemas: Record<string, { properties: Record<string, unknown> }> };
  paths: Record<
    string,
    Record<
      string,
      {
        security?: unknown[];
        responses?: Record<string, { content?: Record<string, unknown> }>;
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

async function document(query = ''): Promise<Document> {
  return (await (await fetch(`${server.url}/openapi.json${query}`)).json()) as Document;
}

test('the OpenAPI document contains every operation and every link of a document, and nothing else', async () => {
  const { openapi, paths } = await document();
  expect(openapi).toMatch(/^3\.1\./);
  const listed = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  const expected = operations.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  const links = DOCUMENT_LINKS.map(({ path }) => `get ${path.replace(/:(\w+)/g, '{$1}')}`);
  expect(listed.sort()).toEqual([...expected, ...links].sort());
});

test('links of documents are listed with their types, without a key where the address is enough', async () => {
  const { paths } = await document();
  const typesAt = (path: string) => Object.keys(paths[path]?.['get']?.responses?.['200']?.content ?? {});
  expect(typesAt('/i/{token}')).toEqual(['text/html']);
  expect(typesAt('/i/{token}/pdf')).toEqual(['application/pdf']);
  expect(typesAt('/credit_notes/{token}/xrechnung.xml')).toEqual(['application/xml']);
  expect(paths['/receipts/{token}/pdf']?.['get']?.security).toEqual([]);
  expect(paths['/v1/quotes/{quote}/pdf']?.['get']?.security).toBeUndefined();
  const router = documents({ secret: 'x' } as Dependencies) as unknown as { stack: { route?: { path: string | string[] } }[] };
  const served = router.stack.flatMap(({ route }) => route?.path ?? []);
  expect([...served, '/i/:token'].sort()).toEqual(DOCUMENT_LINKS.map(({ path }) => path).sort());
});

test('parameters are documented as they are validated', async () => {
  const { paths } = await document();
  const form = paths['/v1/prices']?.['post']?.requestBody?.content['application/x-www-form-urlencoded']?.schema.properties;
  expect(form?.['unit_amount']).toMatchObject({ type: 'integer' });
  expect(Object.keys(form ?? {})).toEqual(expect.arrayContaining(['currency', 'recurring', 'metadata', 'expand']));
  expect(paths['/v1/prices']?.['get']?.parameters).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'starting_after', in: 'query' })]),
  );
});

test('Dunlin serves the docs page and everything that it loads', async () => {
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

test('an unknown address of the manual is a page with a search for people, and an error for programs', async () => {
  const address = `${server.url}/docs/guides/nothing.html`;
  const page = await fetch(address, { headers: { Accept: 'text/html' } });
  expect(page.status).toBe(404);
  const html = await page.text();
  expect(html).toContain('There is no such page');
  const assets = [...html.matchAll(/(?:src|href)="(\.\.\/[^"]+\.(?:css|js|html))"/g)].map(([, path = '']) => path);
  expect(assets).toEqual(expect.arrayContaining(['../manual.css', '../manual.js', '../index.html']));
  expect((await fetch(new URL('../manual.css', address))).status).toBe(200);
  const answer = await fetch(address, { headers: { Accept: 'application/json' } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([404, expect.stringContaining('application/json')]);
});

test('a document has the shapes of the requested release, from the query or the header', async () => {
  const dahlia = await document();
  const endive = await document('?version=2026-10-28.endive');
  expect([dahlia.info.version, endive.info.version]).toEqual(['2026-08-26.dahlia', '2026-10-28.endive']);
  expect(dahlia.components.schemas['product']?.properties).not.toHaveProperty('tax_details');
  expect(endive.components.schemas['product']?.properties).toHaveProperty('tax_details');
  const byHeader = await fetch(`${server.url}/openapi.json`, { headers: { 'Stripe-Version': '2026-09-30.endive' } });
  expect(((await byHeader.json()) as Document).info.version).toBe('2026-09-30.endive');
  expect((await fetch(`${server.url}/openapi.json?version=2019-01-01`)).status).toBe(400);
});

test('/ serves a page to a browser without a key, and the same as JSON to a program', async () => {
  const page = await fetch(`${server.url}/`, { headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
  const html = await page.text();
  expect(page.headers.get('content-type')).toContain('text/html');
  for (const link of ['docs', 'openapi.json']) expect(html).toContain(`href="${link}"`);
  expect(html).toContain(`${server.url}/v1/customers`);
  expect(html).not.toContain(server.keys.test);
  const policy = page.headers.get('content-security-policy') ?? '';
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  const described: unknown = await (await fetch(`${server.url}/`)).json();
  expect(described).toMatchObject({ name: 'Dunlin', docs: '/docs', openapi: '/openapi.json', api_versions: [...API_VERSIONS] });
});

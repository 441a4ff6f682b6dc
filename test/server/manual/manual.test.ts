import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { groups } from '../../../server/manual/contents';
import { documentsOf } from '../../../server/docs/documents';
import { IMAGES, Manual } from '../../../server/manual/manual';
import { operations } from '../../../server/routes';
import { documents } from '../../architecture/repository';

const url = 'https://billing.example.com';
const manual = new Manual(operations, documentsOf(operations, url), { url, hasExplorer: false });
const pages = new Map(manual.addresses.filter((each) => each.endsWith('.html')).map((address) => [address, manual.at(address) ?? '']));

/** Ids of a page, to which its anchors lead. */
const idsOf = (html: string): Set<string> => new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id));
const ids = new Map([...pages].map(([address, html]) => [address, idsOf(html)]));
const decoded = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#x27;', "'");

/** What a page loads and where its links lead, apart from other hosts. */
function linksOf(html: string): string[] {
  const targets = [...html.matchAll(/ (?:href|src|action)="([^"]*)"/g)].map(([, target = '']) => decoded(target));
  return targets.filter((target) => !/^(https?|mailto|data):/.test(target));
}

function isDead(from: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const to = path === '' ? from : posix.join(posix.dirname(from), path);
  if (to.startsWith('images/')) return !existsSync(join(IMAGES, to.replace('images/', '')));
  if (!manual.addresses.includes(to)) return true;
  return anchor !== undefined && anchor !== '' && !(ids.get(to)?.has(decodeURIComponent(anchor)) ?? false);
}

test('no link or anchor of the manual leads nowhere', () => {
  const dead = [...pages].flatMap(([from, html]) =>
    linksOf(html).flatMap((target) => (isDead(from, target) ? [`${from}: ${target}`] : [])),
  );
  expect([...new Set(dead)]).toEqual([]);
});

test('every operation has a page with an example in six languages, and every page asks nothing of another host', () => {
  const calls = [...pages].filter(([address]) => /^reference\/(get|post|delete)V/.test(address));
  expect(calls).toHaveLength(operations.length);
  for (const [, html] of calls) expect([...html.matchAll(/<input type="radio" name="language"/g)]).toHaveLength(6);
  const loading = [...pages].filter(([, html]) => /(?:src|<link[^>]*href)="(?:https?:)?\/\//.test(html));
  expect(loading.map(([address]) => address)).toEqual([]);
});

test('every document is in the navigation once, under the purpose for which it is read', () => {
  const files = groups().flatMap((group) => group.files);
  expect(files).toEqual([...new Set(files)]);
  const shown = documents.filter((file) => /^([A-Z]+|docs\/(?!help\/).+)\.md$/.test(file));
  expect(shown.filter((file) => !files.includes(file))).toEqual([]);
  const of = (title: string) => groups().find((group) => group.title === title)?.files;
  expect(of('Sell')).toContain('docs/pricing.md');
  expect(of('Operate')).toContain('docs/operations.md');
});

test('an example is the recorded call: the same values in each language, with their types', () => {
  const html = decoded(pages.get('reference/postV1CustomersCustomerTax_ids.html') ?? '').replaceAll('&gt;', '>');
  expect(html).toMatch(/curl https:\/\/billing\.example\.com\/v1\/customers\/cus_\w+\/tax_ids -u \$KEY:/);
  expect(html).toMatch(/await stripe\.customers\.createTaxId\('cus_\w+', \{ type: '\w+', value: '\w+' \}\);/);
  expect(html).toMatch(/client\.raw_request\("post", "\/v1\/customers\/cus_\w+\/tax_ids", \*\*\{"type": "\w+", "value": "\w+"\}\)/);
  expect(html).toMatch(/client\.RawRequest\(http\.MethodPost, "\/v1\/customers\/cus_\w+\/tax_ids", "type=\w+&value=\w+", nil\)/);
  expect(html).toMatch(
    /client\.rawRequest\(ApiResource\.RequestMethod\.POST, "\/v1\/customers\/cus_\w+\/tax_ids", "type=\w+&value=\w+", null\)/,
  );
  expect(html).toMatch(/\$stripe->customers->createTaxId\('cus_\w+', \['type' => '\w+', 'value' => '\w+'\]\);/);
});

/** Which documents the manual has, in which order, and where. */
import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

/** The files of each purpose, in the order in which they are read. */
const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  [
    'Start',
    [
      'docs/README.md',
      'README.md',
      'docs/quickstarts.md',
      'docs/guides/sell-a-subscription.md',
      'docs/faq.md',
      'docs/moving-from-stripe.md',
      'docs/glossary.md',
      'examples/shop/README.md',
      'examples/wordpress/README.md',
    ],
  ],
  [
    'Sell',
    [
      ...['docs/guides/sell-usage-and-tokens.md', 'docs/guides/sell-to-the-eu.md'],
      ...[
        'pricing',
        'usage-billing',
        'metering',
        'discounts',
        'schedules',
        'quotes',
        'credits',
        'invoices',
        'credit-notes',
        'documents',
      ].map(inDocs),
      ...['tax', 'tax-returns', 'checkout', 'payment-links', 'pricing-page', 'embedding', 'branding', 'experiments'].map(inDocs),
      ...['portal', 'contracts', 'mail', 'access', 'support', 'agents'].map(inDocs),
    ],
  ],
  ['Test', ['docs/guides/test-a-life-in-seconds.md', ...['forecast', 'reliability', 'benchmarks', 'scale'].map(inDocs)]],
  [
    'Operate',
    [
      ...['docs/guides/operate.md', 'docs/guides/take-a-real-processor-live.md'],
      ...[
        'operations',
        'deployment',
        'cli',
        'repairs',
        'processors',
        'routing',
        'bank-debits',
        'redirects',
        'vouchers',
        'wallets',
        'reconciliation',
        'recovery',
        'fraud',
        'disputes',
      ].map(inDocs),
      ...['console', 'console-access', 'insight', 'ledger', 'retention', 'limits'].map(inDocs),
    ],
  ],
  [
    'Trust',
    [
      'docs/trust/README.md',
      ...['pci', 'asvs', 'record-of-processing', 'dpa', 'sub-processors', 'security-policy'].map((name) => inDocs(`trust/${name}`)),
      'SECURITY.md',
    ],
  ],
  [
    'Reference',
    [
      ...['docs/api.md', 'docs/api-coverage.md', 'CHANGELOG.md', 'docs/finding-your-way.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'],
      ...['docs/guides/add-a-resource.md', 'docs/guides/add-a-processor.md'],
    ],
  ],
];

function inDocs(name: string): string {
  return `docs/${name}.md`;
}

export const DECISIONS = 'Decisions';
const MORE = 'More';

export interface Group {
  title: string;
  files: string[];
}

/** Documents that have no place yet are listed as well, at the end. */
export function groups(): Group[] {
  const present = new Set(documentFiles());
  const listed = GROUPS.map(([title, files]) => ({ title, files: files.filter((file) => present.has(file)) }));
  const placed = new Set(listed.flatMap(({ files }) => files));
  const rest = [...present].filter((file) => !placed.has(file));
  const decisions = rest.filter((file) => file.startsWith('docs/adr/'));
  const more = rest.filter((file) => !file.startsWith('docs/adr/'));
  return [...listed, ...(more.length > 0 ? [{ title: MORE, files: more }] : []), { title: DECISIONS, files: decisions }];
}

/** Every document of the repository that the manual shows. The help pages for customers are pages of their own. */
function documentFiles(): string[] {
  const inFolder = (folder: string): string[] =>
    readdirSync(join(ROOT, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map(({ name }) => posix.join(folder, name));
  const examples = readdirSync(join(ROOT, 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [
    ...[inFolder('.'), inFolder('docs'), inFolder('docs/guides'), inFolder('docs/trust'), inFolder('docs/adr')].flat(),
    ...examples.flatMap(({ name }) => inFolder(`examples/${name}`)),
  ].sort();
}

/** `docs/guides/operate.md` is at `guides/operate.html`, `README.md` at `readme.html`, and `docs/README.md` comes first. */
export function addressOf(file: string): string {
  if (file === 'docs/README.md') return 'index.html';
  return `${file
    .replace(/^docs\//, '')
    .replace(/\/README\.md$/, '')
    .replace(/\.md$/, '')
    .toLowerCase()}.html`;
}

/** From one page to another, or to a file: pages work under any address, and from a folder. */
export function relativeTo(from: string, to: string): string {
  return posix.relative(posix.dirname(from), to);
}

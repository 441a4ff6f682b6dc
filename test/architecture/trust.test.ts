import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { RECORD, renderRecord } from '../../scripts/processing-record';
import { pathOf, textOf } from './repository';

/** How many requirements of level 1 and 2 each section of ASVS 5.0.0 begins with; those of level 3 come after them. */
const LEVEL_2: Record<string, number> = {
  ...{ '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2, '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1, '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5 },
  ...{ '3.7': 2, '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4, '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3, '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4 },
  ...{ '6.5': 5, '6.6': 3, '6.8': 4, '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2, '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1 },
  ...{ '9.1': 3, '9.2': 4, '10.1': 2, '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3, '11.1': 2, '11.2': 3, '11.3': 3 },
  ...{ '11.4': 4, '11.5': 1, '11.6': 1, '12.1': 3, '12.2': 2, '12.3': 4, '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5, '14.1': 2, '14.2': 4 },
  ...{ '14.3': 3, '15.1': 3, '15.2': 3, '15.3': 7, '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3, '17.1': 1, '17.2': 4, '17.3': 2 },
};

describe('docs/trust/asvs.md', () => {
  const rows = [...textOf('docs/trust/asvs.md').matchAll(/^\| ([\d.]+) \| (\w+) \| (.+) \|$/gm)].map(
    ([, id = '', state = '', evidence = '']) => ({
      ...{ id, state, evidence },
    }),
  );

  it('has each requirement of level 2 once', () => {
    const required = Object.entries(LEVEL_2).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, index) => `${section}.${String(index + 1)}`),
    );
    expect(required).toHaveLength(253);
    expect(rows.map(({ id }) => id).sort()).toEqual([...required].sort());
  });

  it('counts its states', () => {
    const told = [...textOf('docs/trust/asvs.md').matchAll(/^\| (\w+) \| (\d+) \|/gm)].map(([, state = '', count]) => [
      state,
      Number(count),
    ]);
    const counted = ['met', 'partly', 'open', 'operator', 'none'].map((each) => [each, rows.filter(({ state }) => state === each).length]);
    expect(told).toEqual(counted);
  });

  it('names evidence that exists, wherever it says that something is met', () => {
    const paths = rows.flatMap(({ evidence }) =>
      [...evidence.matchAll(/`((?:[\w-]+\/)+[\w./-]+|\w+\.(?:ts|json|yml|mjs))`/g)].map(([, path = '']) => path),
    );
    expect(paths.length).toBeGreaterThan(120);
    expect(paths.filter((path) => !path.startsWith('logs') && !existsSync(pathOf(path)))).toEqual([]);
  });
});

test('the record of processing has every table with personal data, as the code has them', () => {
  expect(readFileSync(RECORD, 'utf8')).toBe(renderRecord());
  expect(renderRecord()).toContain('| `customers` |');
});

test('no column of the database holds what a card is charged with: its number or its security code', () => {
  const columns = [...textOf('db/schema.sql').matchAll(/^ {2}(\w+) (?:text|jsonb|bigint|integer)/gm)].map(([, name = '']) => name);
  expect(columns.length).toBeGreaterThan(500);
  expect(columns.filter((name) => /cvc|cvv|card_number|\bpan\b|track_data|security_code/.test(name))).toEqual([]);
});

test('the list of sub-processors names every host that Dunlin calls by itself', () => {
  const sources = [
    'config.ts',
    ...readdirSync(pathOf('gateways'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `gateways/${name}`),
  ];
  const code = sources.map((name) => textOf(name).replace(/^\s*(\*|\/\/|\/\*\*).*$/gm, '')).join('\n');
  const hosts = new Set(
    [...code.matchAll(/https:\/\/([a-z0-9.-]+\.[a-z]{2,})/g)].map(([, host = '']) => host).filter((host) => !host.endsWith('example.com')),
  );
  expect(hosts.size).toBeGreaterThanOrEqual(4);
  expect([...hosts].filter((host) => !textOf('docs/trust/sub-processors.md').includes(`\`${host}\``))).toEqual([]);
});

test('the bill of materials has the packages of the image, and none of development', () => {
  const printed = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: pathOf('.'), encoding: 'utf8', maxBuffer: 50_000_000 });
  const { bomFormat, components } = JSON.parse(printed) as { bomFormat: string; components: { name: string; hashes?: unknown[] }[] };
  const names = components.map(({ name }) => name);
  expect(bomFormat).toBe('CycloneDX');
  expect(names).toEqual(expect.arrayContaining(['express', 'stripe', 'postgres']));
  expect(names).not.toContain('jest');
  expect(components.filter(({ hashes }) => hashes === undefined)).toEqual([]);
}, 60_000);

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathOf, production, textOf } from './repository';
import layers from './layers.json';

interface Layer {
  sees?: string[];
  types?: string[];
  npm?: string[];
  typesOf?: string[];
  why: string;
}

const list = (names: string[] = []): string => names.map((name) => `\`${name}\``).join(', ');

function rowOf([name, layer]: [string, Layer]): string {
  const types = [...(layer.types ?? []), ...(layer.typesOf ?? [])];
  return `| \`${name}\` | ${list(layer.sees)} | ${list(layer.npm)} | ${list(types)} |`;
}

describe('import rules', () => {
  it('CONTRIBUTING.md shows the table that the linter enforces', () => {
    const rows = Object.entries(layers as Record<string, Layer>).map(rowOf);
    const text = textOf('CONTRIBUTING.md');
    expect(rows.filter((row) => !text.includes(row))).toEqual([]);
  });

  it('every source is in a layer, or a script', () => {
    const places = [...Object.keys(layers), 'scripts', 'bench', 'examples'];
    expect(production.filter((name) => !places.includes(name.split('/')[0] ?? ''))).toEqual([]);
  });

  it('the linter finds each forbidden import', () => {
    const forbidden = {
      'domain/rows/looks-up.ts': "import { y } from '../money/rounds';\nexport const u: unknown = y;",
      'domain/money/rounds.ts': 'export const y = 1;',
      'domain/nowhere.ts': 'export const n = 1;',
      'domain/core/asks-nowhere.ts': "import { n } from '../nowhere';\nexport const m: unknown = n;",
      'db/metering/up.ts': "import { d } from '../../server/http/deep';\nexport const u: unknown = d;",
      'server/http/deep.ts': "import { s } from '../search/side';\nexport const d: unknown = s;",
      'server/http/leaf.ts': 'export const l = 1;',
      'server/search/side.ts': "import { l } from '../http/leaf';\nexport const s: unknown = l;",
      'domain/reads.ts': "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;",
      'domain/asks.ts': "import { y } from '../db/rows';\nexport const x = y;",
      'db/rows.ts': 'export const y = 1;',
      'workflows/acts.ts': "import { z } from '../activities/does';\nexport const x = z;",
      'activities/does.ts': "import { y } from '../db/rows';\nexport const z = y;",
      'server/runs.ts': "import { x } from '../workflows/acts';\nexport const s = x;",
      'objects/calls.ts': "import Stripe from 'stripe';\nexport const x = Stripe;",
      'gateways/a.ts': "import { b } from './b';\nexport const a = (): unknown => b;",
      'gateways/b.ts': "import { a } from './a';\nexport const b = (): unknown => a;",
      'worker/helps.ts': "import { h } from '../test/harness';\nexport const x = h;",
      'test/harness.ts': 'export const h = 1;',
      'test/conformance/inside.ts': "import { y } from '../../db/rows';\nexport const x = y;",
    };
    const found = violationsIn(forbidden);
    for (const expected of [
      'domain-rows-sees-lower-floors: domain/rows/looks-up.ts',
      'domain-files-have-a-floor: domain/core/asks-nowhere.ts',
      'no-folder-cycles: server/http',
      'domain-imports: domain/reads.ts',
      'domain-imports: domain/asks.ts',
      'workflows-sees-only-types: workflows/acts.ts',
      'server-imports: server/runs.ts',
      'objects-sees-only-types: objects/calls.ts',
      'no-cycles: gateways/a.ts',
      'no-test-code-in-production: worker/helps.ts',
      'conformance-is-black-box: test/conformance/inside.ts',
    ]) {
      expect(found).toContain(expected);
    }
    expect(found.filter((line) => line.endsWith(': activities/does.ts'))).toEqual([]);
  });
});

/** Runs the rules, as `npm run lint:architecture` does, over a small tree of its own. */
function violationsIn(tree: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-layers-'));
  try {
    for (const [name, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    for (const shared of ['node_modules', 'package.json', 'tsconfig.json']) symlinkSync(pathOf(shared), join(folder, shared));
    const binary = pathOf('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const answer = execFileSync(process.execPath, [binary, '--config', pathOf('.dependency-cruiser.cjs'), '--output-type', 'json', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const { summary } = JSON.parse(answer) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    return summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const LEFT_OUT = new Set(['.git', '.dunlin', 'bench', 'coverage', 'docs', 'embedded', 'examples', 'node_modules', 'test']);

/** The sources of another version, as another image would have them. */
export interface OtherVersion {
  folder: string;
  remove(): void;
}

/**
 * This version with one more step in the loop of every workflow: behind `patched`, as CONTRIBUTING.md asks for it, or without, as a mistake
 * would have it.
 */
export function nextVersion(change: 'patched' | 'unpatched'): OtherVersion {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-next-'));
  cpSync(root, folder, { recursive: true, filter: (from) => !LEFT_OUT.has(from.slice(root.length + 1)) });
  cpSync(join(root, 'docs', 'help'), join(folder, 'docs', 'help'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const loop = join(folder, 'workflows', 'entity.ts');
  const before = readFileSync(loop, 'utf8');
  const step = change === 'patched' ? "patched('next-version');" : 'await sleep(1);';
  const after = before
    .replace(
      "from '@temporalio/workflow';",
      `from '@temporalio/workflow';\nimport { ${change === 'patched' ? 'patched' : 'sleep'} } from '@temporalio/workflow';`,
    )
    .replace(/( {2}private async step\(\)[^{]*\{\n)/, `$1    ${step}\n`);
  if (!after.includes(`    ${step}`)) throw new Error('workflows/entity.ts has no step to change any more');
  writeFileSync(loop, after);
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `npm run docs:build -- FOLDER`: writes the documentation as static files, for any web server. `PUBLIC_URL` is the address of the API in its examples. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { childEnvironment, loadConfig, publicUrlOf } from '../config';
import { documentsOf } from '../server/docs/documents';
import { IMAGES, Manual, SEARCH_INDEX } from '../server/manual/manual';
import { operations } from '../server/routes';

/** @returns how many files were written, without images */
export async function buildDocs(folder: string, url: string): Promise<number> {
  const manual = new Manual(operations, documentsOf(operations, url), { url, hasExplorer: false });
  for (const address of manual.addresses) {
    const file = join(folder, address);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, manual.at(address) ?? '');
  }
  writeFileSync(join(folder, SEARCH_INDEX), await manual.searchIndex());
  cpSync(IMAGES, join(folder, 'images'), { recursive: true });
  return manual.addresses.length + 1;
}

if (require.main === module) {
  const folder = process.argv[2] ?? 'dist/docs';
  const url = publicUrlOf(loadConfig({ ...childEnvironment(), DATABASE_URL: 'postgres://nowhere' }));
  void buildDocs(folder, url).then((count) => process.stdout.write(`${String(count)} files in ${folder}\n`));
}

import fc from 'fast-check';
import { processorAsker } from '../../gateways/ask-processor';

/** Anybody can name a processor in the address of a webhook. */

test('a webhook of a processor that there is not is signed by nobody, whatever it is called', async () => {
  const asker = processorAsker({}, {});
  const ofObjects = fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf');
  await fc.assert(
    fc.asyncProperty(fc.oneof(ofObjects, fc.string()), async (name) => {
      expect(await asker.read(name, { body: Buffer.from('{}'), headers: {} })).toBeNull();
    }),
  );
});

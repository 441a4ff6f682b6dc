import { expectTrialsToEnd, startCutOff, type CutOff } from './trials';

let cutOff: CutOff;
beforeAll(async () => {
  cutOff = await startCutOff();
}, 120_000);
afterAll(() => cutOff.stop());

test(
  'trials that end while Postgres does not answer end when it is back, also if the workers are restarted, each once',
  () => expectTrialsToEnd(cutOff, 'hang'),
  120_000,
);

test(
  'trials that end while Postgres refuses connections end when it is back, also if the workers are restarted, each once',
  () => expectTrialsToEnd(cutOff, 'refuse'),
  120_000,
);

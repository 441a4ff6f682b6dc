import { lineOn, linesTo } from '../../embedded/progress';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A step of so many seconds of fake time. */
const lasting = (seconds: number) => () => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

test('on a terminal, a long operation shows one line that counts, and removes it at the end', async () => {
  const written: string[] = [];
  const progress = lineOn({ columns: 40, write: (text) => written.push(text) });
  const step = progress.during('building', lasting(3.5));
  await jest.advanceTimersByTimeAsync(2_100);
  progress.say('A line for people');
  await jest.advanceTimersByTimeAsync(2_000);
  await step;
  const screen = written.map((text) => text.replace('\r\u001b[K', ''));
  expect(screen).toEqual(['building … 1 s', 'building … 2 s', 'A line for people\n', 'building … 2 s', 'building … 3 s', '']);
});

test('a log file gets a line less and less often', async () => {
  const lines: string[] = [];
  const step = linesTo((line) => lines.push(line)).during('building', lasting(180));
  await jest.advanceTimersByTimeAsync(180_000);
  await step;
  expect(lines).toEqual([
    'building …',
    ...['11 s', '31 s', '71 s', '151 s'].map((time) => `building … ${time}`),
    'building: done in 180 s',
  ]);
});

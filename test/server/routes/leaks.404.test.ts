import { testLeaks } from './leaks';

// With every object: leaks.slow.test.ts.
testLeaks(2);

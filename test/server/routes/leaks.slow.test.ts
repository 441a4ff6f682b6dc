/** leaks.404.test.ts tries each path with two objects. */
import { testLeaks } from './leaks';

testLeaks(Infinity);

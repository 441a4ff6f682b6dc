// Tests of the slow and browser suites take minutes on a machine that has other work: a deadline tells a hang from that.
jest.setTimeout(300_000);

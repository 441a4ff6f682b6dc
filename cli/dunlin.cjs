#!/usr/bin/env node
'use strict';
const { join } = require('node:path');

// The sources are TypeScript. Their settings are the checkout's, whatever folder the command is given in.
process.env.TSX_TSCONFIG_PATH ??= join(__dirname, '..', 'tsconfig.json');
process.setSourceMapsEnabled(true);
require('tsx/cjs');
require('./main.ts');

// Builds dist/ anew.
import fs from 'node:fs';
import { bundle } from './bundle.mjs';

fs.rmSync('dist', { recursive: true, force: true });
await bundle('dist');

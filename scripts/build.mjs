// Builds dist/ anew.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
fs.rmSync(dist, { recursive: true, force: true });
await bundle(dist);

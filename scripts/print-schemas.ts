// Writes the JSON Schemas of cards and settings to schema/, from the same description that checks them.
// Run with Node 24, which reads TypeScript: node_modules/.bin/node scripts/print-schemas.ts
import fs from 'node:fs';
import { jsonSchemas, printSchema } from '../src/lessons/json-schemas.ts';

const folder = new URL('../schema/', import.meta.url);
fs.mkdirSync(folder, { recursive: true });
for (const [file, schema] of Object.entries(jsonSchemas())) fs.writeFileSync(new URL(file, folder), printSchema(schema));

import { made } from './recognised.ts';

/** Fifty secrets that a machine could have made, each in a place of another kind, so that whatever is said of them can be searched. */
export function plantedSecrets(): string[] {
  return Array.from({ length: 50 }, (_, at) => made(24 + (at % 3) * 8, undefined, at + 1));
}

type Place = { path: string; write: (value: string) => string };

/** Where secrets stand: in settings, documents and code, also where other lessons and words quote the line. */
const places: readonly Place[] = [
  { path: 'src/a.ts', write: (value) => `export const apiKey = '${value}';` },
  { path: '.env', write: (value) => `API_SECRET=${value}` },
  { path: 'config/a.yml', write: (value) => `token: ${value}` },
  { path: 'config/a.json', write: (value) => `{ "client_secret": "${value}" }` },
  { path: 'src/b.ts', write: (value) => `connect('postgres://orders:${value}@db.acme.org/orders');` },
  { path: 'src/c.ts', write: (value) => `import jwt from 'jsonwebtoken';\nexport const token = (id) => jwt.sign({ id }, '${value}');` },
  { path: 'deploy.sh', write: (value) => `curl -u deploy:${value} https://deploy.acme.org` },
  { path: 'src/d.ts', write: (value) => `f('ghp_${(value + value).slice(0, 36)}');` },
  { path: 'main.tf', write: (value) => `password = "${value}"` },
  { path: 'src/orders.ts', write: (value) => `import { Pool } from 'pg';\nconst pool = new Pool({ password: '${value}' });\nexport async function all(ids) {\n  for (const id of ids) await new Pool({ password: '${value}' }).query('select * from orders where id = $1', [id]);\n}` },
  { path: 'src/login.ts', write: (value) => `app.post('/login', async (req, res) => {\n  const apiSecret = '${value}'; console.log('secret', process.env.API_SECRET ?? '${value}', { password: req.body.password });\n  await db.query(\`SELECT * FROM users WHERE name = '\${req.body.name}' AND apiSecret = '${value}'\`);\n});` },
  { path: 'src/waived.ts', write: (value) => `// lesson-ok: ${value}\n// lesson-ok secret-in-code: it is ${value} until=someday\nexport const apiKey = '${value}';` },
  { path: 'notes.ipynb', write: (value) => `{ "cells": [ { "source": ["api_key = \\"${value}\\""] } ] }` },
  { path: 'Dockerfile', write: (value) => `ENV API_TOKEN=${value}` },
];

/** Files in which these secrets stand, a file for each. */
export function plantedFiles(secrets: readonly string[]): Record<string, string> {
  return Object.fromEntries(secrets.map((value, at) => {
    const { path, write } = places[at % places.length]!;
    const folder = `part-${Math.floor(at / places.length)}/`;
    return [`${folder}${path}`, `${write(value)}\n`];
  }));
}

/** How much of a secret, from its beginning on, may be told. */
const mostTold = 4;

/** Which of these secrets a text gives away: more of one than its first four characters, any piece from its inside, or its base64. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((value) => {
    const base64 = Buffer.from(value).toString('base64');
    const pieces = [value.slice(0, mostTold + 1), value.slice(mostTold, mostTold + 6), value.slice(-8), base64.slice(0, 12), base64.slice(4, 16), Buffer.from(` ${value}`).toString('base64').slice(2, 14), Buffer.from(value).toString('hex').slice(0, 16), encodeURIComponent(value)];
    return pieces.some((piece) => text.includes(piece));
  });
}

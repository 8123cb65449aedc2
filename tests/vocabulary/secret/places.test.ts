import { expect, test } from 'vitest';
import { formatOf, whereOf } from '../../../src/vocabulary/secret/places.ts';

test.each([
  ['src/app.ts', 'code'], ['.env', 'config'], ['.env.local', 'config'], ['deploy/values.yaml', 'config'], ['Dockerfile', 'config'], ['keys/server.pem', 'config'], ['src/contest/latest.ts', 'code'], ['src/protest.ts', 'code'],
  ['tests/app.ts', 'test'], ['src/app.spec.ts', 'test'], ['src/app.e2e-spec.ts', 'test'], ['.env.test', 'test'], ['pkg/orders_test.go', 'test'], ['fixtures/a.json', 'test'], ['packages/integration-tests/a.ts', 'test'], ['vitest.config.ts', 'test'], ['nix/testVm/db.nix', 'test'], ['src/Orders.TestData/Program.cs', 'test'], ['src/testimonials/a.ts', 'code'], ['charts/orders/ci/lint-values.yaml', 'test'], ['charts/orders/values.yaml', 'config'], ['packages/dev-env/src/mock.ts', 'test'], ['packages/dev/src/env.ts', 'code'],
  ['README.md', 'docs'], ['docs/setup.yml', 'docs'], ['openapi.yaml', 'docs'], ['.env.example', 'example'], ['config/app.sample.json', 'example'], ['examples/a.ts', 'example'], ['db/seeds/users.ts', 'example'], ['prisma/populate.ts', 'example'],
])('%s is %s', (path, where) => expect(whereOf(path)).toBe(where));

test.each([
  ['a.ts', 'script'], ['a.mjs', 'script'], ['.env.production', 'env'], ['prod.env', 'env'], ['a.properties', 'properties'], ['.npmrc', 'properties'], ['a.yml', 'yaml'], ['a.json', 'json'], ['a.ipynb', 'json'], ['a.toml', 'toml'], ['main.tf', 'terraform'], ['web.Dockerfile', 'docker'], ['a.sh', 'shell'], ['Makefile', 'shell'],
  ['README', 'markdown'], ['pom.xml', 'xml'], ['app.py', 'other'], ['App.vue', 'other'], ['noname', 'other'], ['yarn.lock', 'opaque'], ['package-lock.json', 'opaque'], ['a.css', 'opaque'], ['src/locales/de.ts', 'opaque'], ['i18n/en.json', 'opaque'], ['messages/pt-BR.json', 'opaque'], ['src/db.ts', 'script'], ['src/io.js', 'script'],
])('%s is read as %s', (path, format) => expect(formatOf(path)).toBe(format));

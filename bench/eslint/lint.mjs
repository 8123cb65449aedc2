// Lints the TypeScript of folders with the recommended rules of eslint-plugin-security. Usage: node bench/eslint/lint.mjs FOLDER…
import parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import security from 'eslint-plugin-security';

const folders = process.argv.slice(2);
let found = 0;
for (const cwd of folders) {
  const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: [{ ...security.configs.recommended, files: ['**/*.ts'], languageOptions: { parser } }] });
  for (const { messages } of await eslint.lintFiles(['**/*.ts'])) {
    const broken = messages.find(({ fatal }) => fatal);
    if (broken) throw new Error(broken.message);
    found += messages.length;
  }
}
console.log(`${found} findings`);

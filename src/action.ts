/** The Action: reads inputs and the event, hands over, tells the outcome, and chooses how the job ends. */
import fs from 'node:fs';
import http from 'node:http';
import * as core from '@actions/core';
import { runAction } from './action/run.ts';

// Runners behind a proxy name it in the environment; Node's own fetch heeds that only when told to.
if (process.env['HTTPS_PROXY'] || process.env['https_proxy']) (http as { setGlobalProxyFromEnv?: () => void }).setGlobalProxyFromEnv?.();

await runAction({
  env: process.env,
  input: (name) => core.getInput(name),
  readEvent: (file) => JSON.parse(fs.readFileSync(file, 'utf8')) as unknown,
  desk: {
    hide: (secret) => core.setSecret(secret),
    say: (text) => core.info(text),
    annotate: ({ annotation_level, path, start_line, end_line, title, message }) => {
      const speak = { failure: core.error, warning: core.warning, notice: core.notice }[annotation_level];
      speak(message, { file: path, startLine: start_line, endLine: end_line, title });
    },
    warn: (text) => core.warning(text),
    output: (name, value) => core.setOutput(name, value),
    summary: async (markdown) => {
      if (process.env['GITHUB_STEP_SUMMARY']) await core.summary.addRaw(markdown, true).write();
    },
    write: (file, text) => fs.writeFileSync(file, text),
    makeFolder: (folder) => void fs.mkdirSync(folder, { recursive: true }),
    fail: (text) => core.setFailed(text),
    trace: (text) => core.debug(text),
  },
});

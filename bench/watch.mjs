// Loaded before a measured program (`node --import`): tells on file descriptor 3, when the process ends, its peak of memory and
// the modules it loaded.
import fs from 'node:fs';
import { registerHooks } from 'node:module';

const modules = [];
registerHooks({
  load(url, context, next) {
    modules.push(url);
    return next(url, context);
  },
});

process.on('exit', () => {
  // libuv gives kilobytes: https://nodejs.org/api/process.html#processresourceusage
  fs.writeSync(3, JSON.stringify({ memory: process.resourceUsage().maxRSS * 1024, modules }));
});

import { samples } from '../samples.ts';

samples('n-plus-one', {
  'beans loaded one by one': `
    const { R } = require('redbean-node');
    async function withTags(monitors) {
      for (const monitor of monitors) {
        monitor.tags = await R.getAll('SELECT tag.* FROM tag JOIN monitor_tag ON tag.id = monitor_tag.tag_id WHERE monitor_tag.monitor_id = ?', [monitor.id]); // want n-plus-one
      }
    }`,
  'a bean looked up for each': `
    import { R } from 'redbean-node';
    const beats = await Promise.all(ids.map((id) => R.findOne('heartbeat', ' monitor_id = ? ORDER BY time DESC ', [id]))); // want n-plus-one`,
  'beans stored one by one': `
    import { R } from 'redbean-node';
    for (const id of ids) {
      const bean = R.dispense('monitor_notification');
      bean.monitor_id = id;
      await R.store(bean); // want n-plus-one
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'one query for all of them': `
    import { R } from 'redbean-node';
    const beans = await R.find('monitor', \` id IN (\${R.genSlots(ids)}) \`, ids);
    for (const bean of beans) show(bean.name);`,
  'beans that are only made': `
    import { R } from 'redbean-node';
    const beans = rows.map((row) => Object.assign(R.dispense('tag'), row));
    await R.storeAll(beans);`,
  'a collection of another kind': `
    import * as R from 'ramda';
    for (const id of ids) show(R.find((each) => each.id === id, rows));`,
});

samples('missing-limit', {
  'all beans of a type': `
    import { R } from 'redbean-node';
    const monitors = await R.findAll('monitor'); // want missing-limit`,
  'a condition without a limit': `
    import { R } from 'redbean-node';
    const beats = await R.find('heartbeat', ' important = 1 ORDER BY time DESC '); // want missing-limit`,
  'text without a limit': `
    import { R } from 'redbean-node';
    const beats = await R.getAll('SELECT * FROM heartbeat WHERE important = 1 AND time > ?', [since]); // want missing-limit
    const own = await R.getAll('SELECT * FROM heartbeat WHERE monitor_id = ?', [id]); // want missing-limit:note`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'a limit in the condition': `
    import { R } from 'redbean-node';
    const beats = await R.find('heartbeat', ' important = 1 ORDER BY time DESC LIMIT 500 ');
    const page = await R.find('heartbeat', ' important = 1 ORDER BY time DESC LIMIT ? OFFSET ? ', [size, offset]);`,
  'one bean, a count and a cell': `
    import { R } from 'redbean-node';
    await R.load('monitor', id);
    await R.count('heartbeat', ' important = 1 ');
    await R.getCell('SELECT COUNT(*) FROM heartbeat');
    await R.getRow('SELECT * FROM heartbeat ORDER BY time DESC LIMIT 1');`,
  'keys that are unique': `
    import { R } from 'redbean-node';
    await R.find('monitor', ' id = ? ', [id]);
    await R.findOne('user', ' username = ? ', [name]);`,
});

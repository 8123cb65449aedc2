import { samples } from '../samples.ts';

samples('n-plus-one', {
  'what was found knows where it is kept': `
    import * as admin from 'firebase-admin';
    const db = admin.firestore();
    export async function all() {
      const found = await db.collection('users').limit(10).get();
      for (const each of found.docs) await each.ref.update({ seen: true }); // want n-plus-one
      found.forEach(async (each) => { await each.ref.collection('posts').limit(5).get(); }); // want n-plus-one
      for (const each of found.docs) show(each.data(), each.ref.path);
      const batch = db.batch();
      found.docs.forEach((each) => batch.update(each.ref, { seen: true }));
      await batch.commit();
    }`,
  'a client of the admin package': `
    import { getFirestore } from 'firebase-admin/firestore';
    const store = getFirestore();
    for (const order of orders) {
      const snapshot = await store.collection('users').doc(order.userId).get(); // want n-plus-one
      order.user = snapshot.data();
    }`,
  'a client of another file': {
    'firebase.js': `
      const admin = require('firebase-admin');
      admin.initializeApp();
      module.exports = { db: admin.firestore() };`,
    'index.js': `
      const { db } = require('./firebase');
      exports.sync = async (ids) => Promise.all(ids.map(async (id) => {
        const lines = await db.collection('orders').doc(id).collection('lines').get(); // want n-plus-one
        return lines.docs.map((line) => line.data());
      }));`,
  },
  'writes one after the other': `
    import { Firestore } from '@google-cloud/firestore';
    const db = new Firestore();
    for (const row of rows) await db.collection('rows').add(row); // want n-plus-one`,
  'a collection that was kept': `
    import { getFirestore } from 'firebase-admin/firestore';
    const users = getFirestore().collection('users');
    for (const id of ids) {
      await users.doc(id).update({ seen: true }); // want n-plus-one
    }`,
  'the functions of the browser\'s package': `
    import { doc, getDoc, getFirestore } from 'firebase/firestore';
    const db = getFirestore();
    for (const id of ids) {
      const snapshot = await getDoc(doc(db, 'users', id)); // want n-plus-one
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'all documents at once': `
    import { getFirestore } from 'firebase-admin/firestore';
    const db = getFirestore();
    const references = ids.map((id) => db.collection('users').doc(id));
    const snapshots = await db.getAll(...references);
    for (const snapshot of snapshots) show(snapshot.data());`,
  'a batch is filled in the loop and sent after it': `
    import { getFirestore } from 'firebase-admin/firestore';
    const db = getFirestore();
    const batch = db.batch();
    for (const row of rows) batch.set(db.collection('rows').doc(), row);
    await batch.commit();`,
  'the documents of a snapshot are in memory': `
    import { getFirestore } from 'firebase-admin/firestore';
    const snapshot = await getFirestore().collection('users').limit(20).get();
    snapshot.forEach((document) => show(document.data(), document.get('name')));
    for (const document of snapshot.docs) show(document.id, document.get('name'));`,
  'functions of that name from elsewhere': `
    import { getDoc } from './documents';
    import { doc, getFirestore } from 'firebase/firestore';
    const db = getFirestore();
    for (const id of ids) show(getDoc(id), doc(db, 'users', id).path);`,
  'maps and routes also have get': `
    import { getFirestore } from 'firebase-admin/firestore';
    for (const id of ids) show(names.get(id), app.get('title'));`,
});

samples('n-plus-one', {
  'a transaction of the browser\'s package': `
    import { doc, getFirestore, runTransaction } from 'firebase/firestore';
    const db = getFirestore();
    await runTransaction(db, async (transaction) => {
      for (const id of ids) {
        const snapshot = await transaction.get(doc(db, 'users', id)); // want n-plus-one
        transaction.update(doc(db, 'users', id), { seen: snapshot.exists() });
      }
    });`,
  'a query that is handed to a function, once for each row': {
    'values.ts': `
      import * as admin from 'firebase-admin';
      export const getValues = async <T>(query: admin.firestore.Query) => (await query.get()).docs.map((document) => document.data() as T);`,
    'index.ts': `
      import * as admin from 'firebase-admin';
      import { getValues } from './values';
      const firestore = admin.firestore();
      for (const user of users) {
        const bets = await getValues<Bet>(firestore.collectionGroup('bets').where('userId', '==', user.id)); // want n-plus-one
      }`,
  },
});

samples('missing-limit', {
  'the whole collection': `
    import { getFirestore } from 'firebase-admin/firestore';
    const snapshot = await getFirestore().collection('users').get(); // want missing-limit`,
  'a filter and an order do not limit': `
    import { getFirestore } from 'firebase-admin/firestore';
    const db = getFirestore();
    const snapshot = await db.collection('orders').where('status', '==', 'open').orderBy('total').get(); // want missing-limit`,
  'a group of collections': `
    import { Firestore } from '@google-cloud/firestore';
    const db = new Firestore();
    const lines = await db.collectionGroup('lines').where('open', '==', true).get(); // want missing-limit`,

  'the functions of the browser\'s package': `
    import { collection, getDocs, getFirestore } from 'firebase/firestore';
    const snapshot = await getDocs(collection(getFirestore(), 'users')); // want missing-limit`,
  'a filter and an order among the arguments': `
    import { collection, getDocs, getFirestore, orderBy, query, where } from 'firebase/firestore';
    const db = getFirestore();
    const open = query(collection(db, 'orders'), where('status', '==', 'open'), orderBy('total'));
    const snapshot = await getDocs(open); // want missing-limit`,
  'a collection of the project\'s own making': {
    'db.ts': `
      import { collection, getFirestore, type CollectionReference } from 'firebase/firestore';
      export const coll = <T>(path: string) => collection(getFirestore(), path) as CollectionReference<T>;
      export const users = coll<User>('users');`,
    'index.ts': `
      import { getDocs, query, where } from 'firebase/firestore';
      import { coll, users } from './db';
      await getDocs(users); // want missing-limit
      await getDocs(query(coll<Order>('orders'), where('status', '==', 'open'))); // want missing-limit`,
  },
  'what one document has': `
    import { collection, getDocs, getFirestore } from 'firebase/firestore';
    import { getFirestore as adminStore } from 'firebase-admin/firestore';
    await adminStore().collection('orders').doc(id).collection('lines').get(); // want missing-limit:note
    await adminStore().collection(\`orders/\${id}/lines\`).orderBy('total').get(); // want missing-limit:note
    await getDocs(collection(getFirestore(), \`orders/\${id}/lines\`)); // want missing-limit:note
    await getDocs(collection(getFirestore(), 'orders', id, 'lines')); // want missing-limit:note`,
  'a query that is handed to a function which runs it': {
    'values.ts': `
      import * as admin from 'firebase-admin';
      export const getValues = async <T>(query: admin.firestore.Query) => {
        const snapshot = await query.get();
        return snapshot.docs.map((document) => document.data() as T);
      };`,
    'index.ts': `
      import * as admin from 'firebase-admin';
      import { getValues } from './values';
      const firestore = admin.firestore();
      const bets = await getValues<Bet>(firestore.collectionGroup('bets').where('amount', '>', 0)); // want missing-limit
      const users = firestore.collection('users');
      const all = await getValues<User>(users); // want missing-limit
      const page = await getValues<User>(users.orderBy('createdTime').limit(20));
      const some = await getValues<User>(users.where('id', 'in', ids));`,
  },
  'the same with the functions of the browser\'s package': {
    'values.ts': `
      import { getDocs, limit, query as queryOf, type Query } from 'firebase/firestore';
      export const getValues = async <T>(query: Query) => {
        const snapshot = await getDocs(query);
        return snapshot.docs.map((document) => document.data() as T);
      };
      export const getPage = async <T>(q: Query) => (await getDocs(queryOf(q, limit(20)))).docs;`,
    'index.ts': `
      import { collection, getFirestore, limit, orderBy, query, where } from 'firebase/firestore';
      import { getPage, getValues } from './values';
      const bets = collection(getFirestore(), 'bets');
      await getValues<Bet>(query(bets, where('amount', '>', 0))); // want missing-limit
      await getValues<Bet>(query(bets, orderBy('createdTime'), limit(20)));
      await getPage<Bet>(query(bets, orderBy('createdTime')));`,
  },

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import { getFirestore } from 'firebase-admin/firestore';
    const db = getFirestore();
    await db.collection('orders').orderBy('total').limit(20).get();
    await db.collection('orders').orderBy('total').limitToLast(20).get();
    await db.collection('orders').doc(id).get();`,
  'limits among the arguments': `
    import { collection, getCountFromServer, getDocs, getFirestore, limit, onSnapshot, query, where } from 'firebase/firestore';
    const db = getFirestore();
    const newest = query(collection(db, 'orders'), where('open', '==', true), limit(20));
    await getDocs(newest);
    await getDocs(query(collection(db, 'orders'), where('id', 'in', ids)));
    await getDocs(query(collection(db, 'orders'), ...constraints));
    await getCountFromServer(query(collection(db, 'orders'), where('open', '==', true)));
    onSnapshot(query(collection(db, 'orders')), show);`,
  'a query that somebody else gives': `
    import { getDocs, query, where } from 'firebase/firestore';
    export const list = async (base) => (await getDocs(base)).docs;
    export const open = async (base) => (await getDocs(query(base, where('open', '==', true)))).docs;`,
  'the documents of a list': `
    import { getFirestore } from 'firebase-admin/firestore';
    const db = getFirestore();
    await db.collection('orders').where('id', 'in', ids).get();
    await db.getAll(...references);`,
  'counts, streams and listeners': `
    import { getFirestore } from 'firebase-admin/firestore';
    const db = getFirestore();
    await db.collection('orders').where('open', '==', true).count().get();
    db.collection('orders').where('open', '==', true).stream().pipe(out);
    db.collection('orders').where('open', '==', true).onSnapshot((snapshot) => show(snapshot));`,
});

import { samples } from '../samples.ts';

samples('n-plus-one', {
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
    const snapshot = await getDocs(collection(getFirestore(), 'users')); // miss: limits among the arguments of query()`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'limits of all kinds': `
    import { getFirestore } from 'firebase-admin/firestore';
    const db = getFirestore();
    await db.collection('orders').orderBy('total').limit(20).get();
    await db.collection('orders').orderBy('total').limitToLast(20).get();
    await db.collection('orders').doc(id).get();`,
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

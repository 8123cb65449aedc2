/**
 * Models that somebody hands over, and nothing says what they are: `this._Member.findOne(…)`, `OfferModel.findAll()`. Where a file that is called after
 * the model exports a thing of a library under its name, that one is meant.
 */
import { ts, type Expression } from '../code/compiler.ts';
import { ofTests, plainName } from '../code/implementations.ts';
import { isCode } from '../code/opened-files.ts';
import type { Scene } from '../code/scene.ts';
import { lastName, pathOf, singular } from '../code/syntax.ts';
import { isHandedIn, type Value } from '../code/value.ts';
import { handleOfValue, type Handle } from './handle.ts';
import { librariesAt } from './known-libraries.ts';

/** Files of a model's name that are opened in search of it. */
const most = 2;
/** How people write the name of a model that they keep: `Member`, `_Member`, `#Member`, `MemberModel`. */
const kept = /^[_#]?([A-Z][a-z]\w*)$/;
/** Files and folders of models. */
const ofModels = /(?:^|\/)(?:models?|entit(?:y|ies)|schemas?|collections?)\/|[.-](?:model|entity|schema)\.[cm]?[jt]s$/i;

const ofModel = Symbol('model found by its file');

/** The model that an expression stands for by its name alone. */
export function modelByFile(expression: Expression, scene: Scene): Handle | undefined {
  const name = kept.exec(lastName(expression) ?? '')?.[1];
  return name === undefined || isOfFrontEnd(expression, scene) || !mayBeModel(scene.valueOf(expression)) ? undefined : scene.remember(ofModel, expression, () => find(name, scene), undefined);
}

const drawing = ['react', 'react-native', 'preact', 'vue', 'svelte', 'solid-js', '@angular/core', 'mobx', 'lit', 'ember-source', 'jquery', 'nuxt', 'expo', 'electron', 'alpinejs', '@vuex-orm/core', 'redux-orm'];

/** True for files of what draws pages. */
function isInFrontEnd(path: string): boolean {
  return /\.(?:jsx|tsx|vue|svelte)$/.test(path) || /(?:^|\/)(?:client|frontend|front-end|browser|components|hooks|mobile|web\/src|ui|app\/state)\//.test(path);
}

/** A server that draws its mails is a server all the same. */
const serving = ['express', 'fastify', 'koa', '@nestjs/core', '@hapi/hapi', 'hono', 'apollo-server', '@apollo/server'];

/** True for what draws pages: its stores are called like models, and none of them is one. */
function isOfFrontEnd(expression: Expression, scene: Scene): boolean {
  const path = pathOf(expression);
  if (isInFrontEnd(path)) return true;
  const dependencies = scene.dependencies(path);
  return dependencies !== undefined && drawing.some((each) => dependencies.has(each)) && !serving.some((each) => dependencies.has(each)) && librariesAt(expression, scene).length === 0;
}

/** True where nothing is known, or only what it can do: `{ findOne: (filter: object) => Promise<object> }`. */
function mayBeModel(value: Value): boolean {
  return isHandedIn(value) || (value.kind === 'interface' && ts.isTypeLiteralNode(value.node));
}

function find(name: string, scene: Scene): Handle | undefined {
  for (const model of new Set([name, name.replace(/(?<=[a-z])Model$/, '')])) {
    const paths = (scene.files.mentioning(model) ?? []).filter((path) => isCode(path) && !ofTests.test(path) && ofModels.test(path) && isFileOf(path, model));
    for (const path of paths.slice(0, most)) {
      const handle = [model, 'default'].map((each) => modelOf(scene.exported(path, each), scene)).find((each) => each !== undefined);
      if (handle) return handle;
    }
  }
  return undefined;
}

/** `member.js`, `members.model.ts`, `member/index.js` of `Member`. */
function isFileOf(path: string, model: string): boolean {
  const [folder = '', file = ''] = path.split('/').slice(-2);
  const own = file.replace(/(?:[.-](?:model|entity|schema))?\.[cm]?[jt]sx?$/i, '');
  const said = plainName(own === 'index' ? folder : own);
  return plainName(singular(said)) === plainName(singular(model));
}

function modelOf(value: Value, scene: Scene): Handle | undefined {
  const handle = handleOfValue(value.kind === 'function' ? scene.returned(value.node) : value, scene);
  return handle && handle.library.kinds[handle.kind]?.made !== undefined ? handle : undefined;
}

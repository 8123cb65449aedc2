/** What a path says about a file: whether it runs, and how its values are written. */

import type { Strength } from './value.ts';

/** `test`, `example` and `docs` show how something is done; `config` and `code` do it. */
export type Where = 'code' | 'config' | 'test' | 'example' | 'docs';

/** How a file writes names and values. `other` is any language whose strings are quoted; `opaque` has no names worth reading. */
export type Format = 'script' | 'env' | 'properties' | 'yaml' | 'json' | 'toml' | 'terraform' | 'docker' | 'shell' | 'markdown' | 'xml' | 'other' | 'opaque';

const testFolder = /(?:^|\/)(?:__tests?__|__mocks__|__fixtures__|__snapshots__|__testfixtures__|tests?|specs?|e2e|fixtures?|mocks?|testdata|test[-_]?utils?|test[-_]?helpers?|testing|cypress|playwright|integration[-_]tests?|[\w.-]+[-_.](?:tests?|e2e|spec|mocks?|fixtures?)|(?:e2e|test|mock)[-_][\w-]+|stories|storybook|\.storybook|bench(?:mark)?s?|perf|load[-_]?test(?:s|ing)?|k6|dev[-_](?:env|server))(?=\/)/i;
const testFile = /(?:[._-](?:tests?|spec|e2e|e2e-spec|cy|stories|story|mocks?|fixtures?|bench|snap|int-test|integration))\.[\w.]+$|\.snap$|^(?:tests?|mocks?|fixtures?|conftest|setup[-_]?tests?|(?:test|mock|fake|stub|fixture)s?[-_][\w-]+|(?:vitest|jest|playwright|cypress|karma|mocha|wdio)[\w.-]*)\.\w+$|^\.env\.(?:[\w-]+\.)*(?:tests?|ci|e2e|testing)(?:\.[\w-]+)*$|_test\.(?:go|py|rb|exs|dart)$/i;
/** `OrdersTest.java`, `testVm/`: the capital letter tells them from `latest.ts` and `testimonials/`. */
const testName = /[a-z]Tests?\.\w+$|(?:^|\/)test[A-Z]\w*\/|[a-z.]TestData(?=[./])/;
/** Charts of Helm are rendered with these values to be checked, and installed with others. */
const chartTest = /(?:^|\/)ci\/[\w.-]{0,60}values\.ya?ml$/;
const exampleFolder = /(?:^|\/)(?:examples?|samples?|demos?|templates?|tutorials?|playgrounds?|sandbox|seeds?|seeders?|boilerplates?|[\w.-]+[-_](?:examples?|samples?|demo|template|starter)|example[-_][\w-]+)(?=\/)/i;
const exampleFile = /[._-](?:examples?|sample|template|tmpl|tpl|dist|default|defaults|demo|schema)(?:\.[\w-]+)?$|^(?:example|sample|seed|seeds|seeder|demo|dummy)[-_.][\w.-]*$|^(?:seed|seeds|seeder|populate)\.\w+$|[._-]seed(?:er|s)?\.\w+$/i;
const docsFolder = /(?:^|\/)(?:docs?|documentation|website|wiki|blog|changelogs?|\.changeset|rfcs?|adrs?)(?=\/)/i;
const docsFile = /\.(?:md|mdx|markdown|rst|adoc|txt|mdoc)$|^(?:readme|changelog|license|notice|contributing|history|security)(?:\.|$)|^(?:openapi|swagger)[\w.-]*\.(?:json|ya?ml)$|(?:openapi|swagger|postman_collection)\.(?:json|ya?ml)$/i;
const configFile = /^\.env|\.env$|^\.?envrc$|\.(?:ya?ml|json[5c]?|toml|properties|ini|cfg|conf|cnf|config|tf|tfvars|hcl|xml|plist|npmrc|pypirc|netrc|service|pem|key|crt|nix)$|^\.(?:npmrc|yarnrc|pypirc|netrc|pgpass|htpasswd|git-credentials|dockercfg)$|^(?:dockerfile|containerfile|docker-compose|makefile|procfile|vagrantfile|jenkinsfile)|\.dockerfile$/i;

/** Where a file of this path belongs. */
export function whereOf(path: string): Where {
  const name = nameOf(path);
  if (testFolder.test(path) || testFile.test(name) || testName.test(path) || chartTest.test(path)) return 'test';
  if (docsFile.test(name)) return 'docs';
  if (exampleFolder.test(path) || exampleFile.test(name)) return 'example';
  if (docsFolder.test(path)) return 'docs';
  return configFile.test(name) ? 'config' : 'code';
}

/** Where a program is tried out by a machine, or by one developer in a container that is made for it. */
const tryout = /(?:^|\/)(?:\.github\/workflows|\.circleci|\.buildkite)\/|(?:^|\/)(?:\.gitlab-ci|\.travis|\.drone|azure-pipelines|bitbucket-pipelines|appveyor)[\w.-]*\.ya?ml$|(?:^|\/)[\w.-]*compose[\w.-]*\.ya?ml$/i;
const workplace = /(?:^|\/)\.devcontainer\/|(?:^|\/)(?:\.gitpod|\.devcontainer|devcontainer)[\w.-]*\.(?:ya?ml|json|dockerfile)$/i;

/** Whether what a person made up here opens something that lives as long as the container around it. A machine's key may open anything. */
export function isShortLived(path: string, strength: Strength): boolean {
  return (strength === 'guessable' && tryout.test(path)) || (strength !== 'random' && workplace.test(path));
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

const lockFile = /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.ya?ml|bun\.lockb?|composer\.lock|cargo\.lock|gemfile\.lock|poetry\.lock|pipfile\.lock|uv\.lock|pdm\.lock|go\.sum|mix\.lock|flake\.lock|deno\.lock|packages\.lock\.json|podfile\.lock|pubspec\.lock|gradle\.lockfile|paket\.lock|\.terraform\.lock\.hcl|[\w.-]+\.lock)$/i;
const opaque = /\.(?:css|scss|sass|less|styl|pcss|svg|map|csv|tsv|po|pot|xlf|xliff|arb|strings|resx|lock|sum|patch|diff|snap|log|geojson|proto|graphqls?|gql|tmlanguage|d\.ts|min\.js|min\.css|bundle\.js|chunk\.js|ics|vcf|srt|vtt|pgn|obj|stl|ttx|gpx|kml)$/i;

/** Folders and files that hold what users read, in their languages: there "password" is a caption. */
const translated = /(?:^|\/)(?:locales?|i18n|l10n|lang|langs|languages?|translations?)\//i;
const translatedData = /(?:^|\/)(?:messages|phrases|intl|nls|localization)\/|(?:^|\/)(?:messages|translations?)[._-]?\w{0,5}\.\w+$|(?:^|\/)(?:ar|bg|bn|ca|cs|da|de|el|en|es|et|eu|fa|fi|fr|gl|he|hi|hr|hu|it|ja|ka|ko|lt|lv|ms|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sr|sv|ta|th|tr|uk|ur|uz|vi|zh)(?:[-_]\w{2,4})?\.\w+$/i;

/** How the file writes names and values. */
export function formatOf(path: string): Format {
  const name = nameOf(path);
  const lower = name.toLowerCase();
  if (isListOfDigests(path) || opaque.test(lower) || translated.test(path)) return 'opaque';
  if (/\.(?:[cm]?[jt]sx?)$/.test(lower)) return 'script';
  if (translatedData.test(path)) return 'opaque';
  if (/^\.env|\.env$|^\.?envrc$|^env\.|^\.dev\.vars|^(?:dev|local|prod|production|sample|example|docker|compose|default|app)\.env|\.env\.[\w.-]+$/.test(lower)) return 'env';
  if (/\.(?:properties|ini|cfg|conf|cnf|npmrc|pypirc|service|editorconfig|desktop)$|^\.(?:npmrc|yarnrc|pypirc|gitconfig|pgpass|my\.cnf)$/.test(lower)) return 'properties';
  if (/^(?:dockerfile|containerfile)|\.dockerfile$|dockerfile$/.test(lower)) return 'docker';
  if (/\.(?:ya?ml)(?:\.[\w-]+)?$|^\.(?:yarnrc\.yml|clang-format)$/.test(lower)) return 'yaml';
  if (/\.(?:json[5c]?|ipynb|webmanifest|har|babelrc|eslintrc)(?:\.[\w-]+)?$/.test(lower)) return 'json';
  if (/\.toml(?:\.[\w-]+)?$/.test(lower)) return 'toml';
  if (/\.(?:tf|tfvars|hcl|nomad)(?:\.[\w-]+)?$/.test(lower)) return 'terraform';
  if (/\.(?:sh|bash|zsh|fish|ksh|ps1|bat|cmd|mk)$|^(?:makefile|justfile|procfile|jenkinsfile|vagrantfile|taskfile)$|^\.(?:bashrc|zshrc|profile|bash_profile)$/.test(lower)) return 'shell';
  if (/\.(?:md|mdx|markdown|rst|adoc|txt|mdoc)$|^(?:readme|changelog|license|contributing)/.test(lower)) return 'markdown';
  if (/\.(?:xml|plist|csproj|config|props|targets|xaml)$/.test(lower)) return 'xml';
  return 'other';
}

/** Lock files and their like: thousands of checksums, written by machines. */
function isListOfDigests(path: string): boolean {
  return lockFile.test(nameOf(path)) || /(?:^|\/)(?:node_modules|vendor|bower_components|third_party|\.yarn|\.pnp\.[cm]?js)(?:\/|$)/.test(path);
}

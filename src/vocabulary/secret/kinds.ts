/** The kinds of secret, what they are called in a sentence, and how each is made worthless once it is out. */

/** What is said of a kind. `rotate` completes "Treat it as public: …". */
export type Kind = { what: string; rotate: string };

const page = (where: string, then = 'revoke it and issue a new one') => `${then} (${where})`;

/** Every kind, by the name that cards use. */
export const kinds = {
  // Told by their own form.
  '1password': { what: 'a 1Password token', rotate: page('https://developer.1password.com/docs/service-accounts/manage-service-accounts/') },
  age: { what: 'an age private key', rotate: 'make a new key pair and encrypt again what the old one could read' },
  airtable: { what: 'an Airtable token', rotate: page('https://airtable.com/create/tokens') },
  anthropic: { what: 'an Anthropic API key', rotate: page('https://console.anthropic.com/settings/keys') },
  atlassian: { what: 'an Atlassian token', rotate: page('https://id.atlassian.com/manage-profile/security/api-tokens') },
  aws: { what: 'an AWS access key', rotate: page('https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html', 'deactivate it and make a new one') },
  azure: { what: 'an Azure key', rotate: page('https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage', 'regenerate it') },
  brevo: { what: 'a Brevo API key', rotate: page('https://app.brevo.com/settings/keys/api') },
  clerk: { what: 'a Clerk secret key', rotate: page('https://dashboard.clerk.com') },
  contentful: { what: 'a Contentful token', rotate: page('https://app.contentful.com/account/profile/cma_tokens') },
  databricks: { what: 'a Databricks token', rotate: page('https://docs.databricks.com/dev-tools/auth/pat.html') },
  digitalocean: { what: 'a DigitalOcean token', rotate: page('https://cloud.digitalocean.com/account/api/tokens') },
  discord: { what: 'a Discord token', rotate: page('https://discord.com/developers/applications', 'reset it') },
  docker: { what: 'a Docker access token', rotate: page('https://app.docker.com/settings/personal-access-tokens') },
  doppler: { what: 'a Doppler token', rotate: page('https://docs.doppler.com/docs/service-tokens') },
  facebook: { what: 'a Meta access token', rotate: page('https://developers.facebook.com/apps') },
  figma: { what: 'a Figma token', rotate: page('https://www.figma.com/developers/api#access-tokens') },
  fly: { what: 'a Fly.io token', rotate: page('https://fly.io/docs/security/tokens/') },
  github: { what: 'a GitHub token', rotate: page('https://github.com/settings/tokens') },
  gitlab: { what: 'a GitLab token', rotate: page('https://docs.gitlab.com/security/tokens/') },
  google: { what: 'a Google API key', rotate: page('https://console.cloud.google.com/apis/credentials') },
  grafana: { what: 'a Grafana token', rotate: page('https://grafana.com/docs/grafana/latest/administration/service-accounts/') },
  groq: { what: 'a Groq API key', rotate: page('https://console.groq.com/keys') },
  heroku: { what: 'a Heroku API key', rotate: page('https://dashboard.heroku.com/account', 'regenerate it') },
  hubspot: { what: 'a HubSpot token', rotate: page('https://developers.hubspot.com') },
  huggingface: { what: 'a Hugging Face token', rotate: page('https://huggingface.co/settings/tokens') },
  inngest: { what: 'an Inngest signing key', rotate: page('https://www.inngest.com/docs/platform/signing-keys', 'rotate it') },
  langsmith: { what: 'a LangSmith API key', rotate: page('https://smith.langchain.com/settings') },
  linear: { what: 'a Linear API key', rotate: page('https://linear.app/settings/account/security') },
  mailchimp: { what: 'a Mailchimp API key', rotate: page('https://mailchimp.com/help/about-api-keys/') },
  mailgun: { what: 'a Mailgun API key', rotate: page('https://app.mailgun.com/settings/api_security') },
  mapbox: { what: 'a Mapbox secret token', rotate: page('https://account.mapbox.com/access-tokens/') },
  microsoft: { what: 'a Microsoft Entra client secret', rotate: page('https://learn.microsoft.com/entra/identity-platform/howto-create-service-principal-portal', 'delete it and add a new one') },
  'microsoft-teams': { what: 'a Microsoft Teams webhook', rotate: 'remove the webhook from its channel and make a new one' },
  neon: { what: 'a Neon API key', rotate: page('https://neon.com/docs/manage/api-keys') },
  newrelic: { what: 'a New Relic key', rotate: page('https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/') },
  notion: { what: 'a Notion token', rotate: page('https://www.notion.so/profile/integrations') },
  npm: { what: 'an npm access token', rotate: page('https://docs.npmjs.com/revoking-access-tokens') },
  nuget: { what: 'a NuGet API key', rotate: page('https://www.nuget.org/account/apikeys', 'regenerate it') },
  openai: { what: 'an OpenAI API key', rotate: page('https://platform.openai.com/api-keys') },
  openshift: { what: 'an OpenShift token', rotate: 'end the session it belongs to (oc delete oauthaccesstoken)' },
  openrouter: { what: 'an OpenRouter API key', rotate: page('https://openrouter.ai/settings/keys') },
  paystack: { what: 'a Paystack secret key', rotate: page('https://dashboard.paystack.com/#/settings/developers') },
  perplexity: { what: 'a Perplexity API key', rotate: page('https://www.perplexity.ai/settings/api') },
  pinecone: { what: 'a Pinecone API key', rotate: page('https://app.pinecone.io') },
  planetscale: { what: 'a PlanetScale token', rotate: page('https://planetscale.com/docs') },
  posthog: { what: 'a PostHog personal API key', rotate: page('https://us.posthog.com/settings/user-api-keys') },
  postman: { what: 'a Postman API key', rotate: page('https://go.postman.co/settings/me/api-keys') },
  pulumi: { what: 'a Pulumi access token', rotate: page('https://app.pulumi.com/account/tokens') },
  pypi: { what: 'a PyPI token', rotate: page('https://pypi.org/manage/account/token/') },
  replicate: { what: 'a Replicate token', rotate: page('https://replicate.com/account/api-tokens') },
  resend: { what: 'a Resend API key', rotate: page('https://resend.com/api-keys') },
  rubygems: { what: 'a RubyGems API key', rotate: page('https://rubygems.org/profile/api_keys') },
  sendgrid: { what: 'a SendGrid API key', rotate: page('https://app.sendgrid.com/settings/api_keys') },
  sentry: { what: 'a Sentry auth token', rotate: page('https://sentry.io/settings/account/api/auth-tokens/') },
  shopify: { what: 'a Shopify access token', rotate: page('https://shopify.dev/docs/apps/build/authentication-authorization/client-secrets/rotate-revoke-client-credentials') },
  slack: { what: 'a Slack token or webhook', rotate: page('https://api.slack.com/authentication/best-practices') },
  sonar: { what: 'a Sonar token', rotate: page('https://docs.sonarsource.com') },
  sourcegraph: { what: 'a Sourcegraph token', rotate: page('https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token') },
  square: { what: 'a Square token', rotate: page('https://developer.squareup.com/apps') },
  stripe: { what: 'a Stripe secret key', rotate: page('https://docs.stripe.com/keys#rolling-keys', 'roll it') },
  supabase: { what: 'a Supabase secret key', rotate: page('https://supabase.com/docs/guides/api/api-keys') },
  tailscale: { what: 'a Tailscale key', rotate: page('https://login.tailscale.com/admin/settings/keys') },
  telegram: { what: 'a Telegram bot token', rotate: 'let @BotFather revoke it (/revoke) and issue a new one' },
  terraform: { what: 'a Terraform Cloud token', rotate: page('https://app.terraform.io/app/settings/tokens') },
  trigger: { what: 'a Trigger.dev secret key', rotate: page('https://trigger.dev/docs/apikeys', 'regenerate it') },
  twilio: { what: 'a Twilio key', rotate: page('https://www.twilio.com/docs/iam/api-keys') },
  twitter: { what: 'an X (Twitter) bearer token', rotate: page('https://developer.x.com/en/portal/dashboard', 'regenerate it') },
  vault: { what: 'a HashiCorp Vault token', rotate: page('https://developer.hashicorp.com/vault/docs/commands/token/revoke') },
  vercel: { what: 'a Vercel token', rotate: page('https://vercel.com/account/settings/tokens') },
  webhook: { what: 'the signing secret of a webhook', rotate: "roll it on the provider's page for webhooks" },
  // Told by their form, whoever issued them.
  'private-key': { what: 'a private key', rotate: 'make a new key pair, and take the old public key out of wherever it is trusted' },
  'connection-string': { what: 'the password of a connection', rotate: 'change that password where the connection leads, and look who else used it' },
  jwt: { what: 'a signed token (JWT)', rotate: 'end its session, or change the key it was signed with if it does not expire' },
  'basic-auth': { what: 'a user name with its password', rotate: 'change the password' },
  // Told by their name, or by where they stand.
  password: { what: 'a password', rotate: 'change it wherever it opens something' },
  'signing-key': { what: 'a key that signs or encrypts', rotate: 'generate a new one of at least 32 random bytes; whatever the old one signed is void from then on' },
  'api-key': { what: 'an API key', rotate: "revoke it on the provider's page and issue a new one" },
  token: { what: 'an access token', rotate: 'revoke it where it was issued and issue a new one' },
  secret: { what: 'a secret', rotate: 'replace it where it was issued' },
} as const satisfies Record<string, Kind>;

/** The name of a kind. */
export type KindName = keyof typeof kinds;

/** All names of kinds, for the guide. */
export const kindNames = Object.keys(kinds) as KindName[];

// prometheus.exporter.github: collects metrics of repositories from GitHub.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { float, int, secret, string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'

const componentArguments = schema({
  api_url: optional(string, 'https://api.github.com', 'URL of the API.'),
  repositories: optional(list(string), [], 'Repositories to collect from, as owner/name.'),
  organizations: optional(list(string), [], 'Organizations to collect all repositories of.'),
  users: optional(list(string), [], 'Users to collect all repositories of.'),
  api_token: optional(secret, undefined, 'Token to log in with.'),
  api_token_file: optional(string, '', 'File that holds the token.'),
  github_app_key_path: optional(
    string,
    '',
    'File with the private key of a GitHub App, to log in as that.',
  ),
  github_app_id: optional(int, 0, 'ID of the GitHub App.'),
  github_app_installation_id: optional(int, 0, 'ID of the installation of the GitHub App.'),
  github_rate_limit: optional(float, 0, 'Requests an hour that the GitHub App may make; 0: 15000.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.github',
  stability: 'generally-available',
  summary: 'Collects metrics of repositories from GitHub.',
  accepts: [],
  emits: ['targets'],
  wraps: 'github-exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})

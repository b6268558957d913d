// The flags of `tui`.

import { boolean, string } from '@oclif/core/flags'
import { durationFlag } from './go_flags.ts'

export const tuiFlags = {
  ascii: boolean({ description: 'Draw with ASCII only, as without a UTF-8 locale' }),
  'bearer-file': string({ description: 'File with the token to send', helpValue: 'file' }),
  ca: string({ description: 'File with the authorities to trust', helpValue: 'file' }),
  cert: string({ description: "File with the client's certificate", helpValue: 'file' }),
  filter: string({
    description:
      'Show only components that match the regular expression; ! before it for all others',
    helpValue: 're',
    default: '',
  }),
  insecure: boolean({ description: 'Trust any certificate' }),
  interval: durationFlag(
    'interval',
    { description: 'How often figures are shown, and what rates are of; 1s to 60s' },
    '1s',
  ),
  json: boolean({ description: 'Print a line of JSON for every interval instead' }),
  key: string({ description: "File with the key of the client's certificate", helpValue: 'file' }),
  'no-color': boolean({ description: 'Draw without colours' }),
  once: boolean({ description: 'Print all components once, a line each, and end' }),
  'password-env': string({
    description: 'Environment variable with the password',
    helpValue: 'name',
  }),
  'password-file': string({ description: 'File with the password', helpValue: 'file' }),
  prefix: string({ description: 'Path prefix of the UI', helpValue: 'path' }),
  user: string({ description: 'User for basic authentication', helpValue: 'name' }),
}

// loki.source.windowsevent: reads events from a Windows event log.

import { logsReceiver } from '../../../model/capsules.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import { optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const componentArguments = schema({
  locale: optional(int, 0, "Language of the messages, a Windows locale id; 0: the system's own."),
  eventlog_name: optional(string, '', 'Event log to read, such as Application.'),
  xpath_query: optional(string, '*', 'XPath query of the events to take.'),
  bookmark_path: optional(string, '', 'File that remembers the position.'),
  poll_interval: optional(duration, '3s', 'Time from one read to the next.'),
  exclude_event_data: optional(bool, false, 'Whether EventData is left out.'),
  exclude_user_data: optional(bool, false, 'Whether UserData is left out.'),
  exclude_event_message: optional(bool, false, 'Whether the message text is left out.'),
  use_incoming_timestamp: optional(
    bool,
    false,
    'Whether entries keep the time they bring; else they get the time of their arrival.',
  ),
  forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
  labels: optional(map(string), {}, 'Labels to add to every entry.'),
  legacy_bookmark_path: optional(string, '', 'Bookmark file of an earlier version to take over.'),
})

export const declaration = declare({
  name: 'loki.source.windowsevent',
  stability: 'generally-available',
  summary: 'Reads events from a Windows event log.',
  accepts: ['loki logs'],
  emits: [],
  platforms: ['win32'],
  requires: 'Permission to read the event log.',
  arguments: componentArguments,
  exports: {},
  metrics: {},
})

import { Command } from '@oclif/core/command'
import { integer, string } from '@oclif/core/flags'
import { CommandLineError } from '../../src/cli/failure.ts'
import { badCommandLine, type Manual } from '../../src/cli/manual.ts'
import { describe } from '../../src/engine/describe.ts'
import { systemClock } from '../../src/model/clock.ts'
import { Sink, type SinkOptions } from '../../src/server/sink/sink.ts'

export default class ToolsSink extends Command {
  static override summary = 'Receive remote write and show what arrives'
  static override description = `The sink accepts Prometheus remote write 1 at /api/v1/write and \
shows the newest value of every series on a page at / and as JSON at /api/series and /api/totals. \
It keeps nothing on disk unless --record is given.`
  static override usage = 'tools sink [flags]'
  static override flags = {
    'listen-addr': string({
      description: 'address to listen on',
      default: '127.0.0.1:9009',
    }),
    record: string({ description: 'file to append one line of JSON per request to' }),
    'max-series': integer({
      description: 'series to remember; samples of further ones are only counted',
      default: 100_000,
      min: 1,
    }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The sink ran and a signal ended it.'],
      ['1', `The address cannot be listened on, the record cannot be opened, ${badCommandLine}`],
    ],
    signals: [['SIGTERM, SIGINT', 'Closes the sink and prints how much has arrived.']],
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(ToolsSink)
    const { sink, address } = await open({
      listenAddr: flags['listen-addr'],
      seriesMax: flags['max-series'],
      clock: systemClock,
      ...(flags.record === undefined ? {} : { record: flags.record }),
    })
    process.stdout.write(`sink is listening on http://${address}\n`)
    await new Promise((resolve) => {
      process.once('SIGINT', resolve)
      process.once('SIGTERM', resolve)
    })
    await sink.close()
    const { samples, requests } = sink.totals
    const received = `${samples} samples of ${sink.series} series in ${requests} requests`
    process.stdout.write(`received ${received}\n`)
  }
}

async function open(options: SinkOptions) {
  try {
    return await Sink.open(options)
  } catch (error) {
    throw new CommandLineError(describe(error))
  }
}

// sysctl: settings of the kernel, as the arguments name them.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, gauge, untyped } from '../collector.ts'
import { fieldsOf } from '../proc_text.ts'

const settingInfo = gauge('node_sysctl_info', 'sysctl info')

interface Setting {
  /** `fs.file-nr`. */
  readonly name: string
  /** Names of the numbers in it; empty where they are only counted. */
  readonly fields: readonly string[]
}

export const sysctl: BuildCollector = ({ args, host }) => {
  const numeric = args.sysctl.include.map(parseSetting)
  const texts = args.sysctl.include_info.map(parseSetting)
  const words = async ({ name }: Setting): Promise<readonly string[]> => {
    const text = (await host.read(host.proc(`sys/${pathOf(name)}`))).trim()
    return text === '' ? [] : fieldsOf(text)
  }
  return {
    name: 'sysctl',
    async collect(page) {
      for (const setting of numeric) addNumbers(page, setting, await words(setting))
      for (const setting of texts) {
        for (const [index, value] of (await words(setting)).entries()) {
          page.add(settingInfo, 1, { name: setting.name, value, index: String(index) })
        }
      }
    },
  }
}

/** `fs.file-nr`, or `fs.file-nr:total,current,max`. */
function parseSetting(text: string): Setting {
  const [name = '', fields] = text.split(':')
  return { name, fields: fields === undefined ? [] : fields.split(',') }
}

/** With slashes in place of dots; names that have slashes already hold dots of their own. */
function pathOf(name: string): string {
  return name.includes('/') ? name : name.replaceAll('.', '/')
}

function addNumbers(page: MetricPage, setting: Setting, words: readonly string[]): void {
  const { fields, name } = setting
  const metric = `node_sysctl_${name.replace(/[^a-zA-Z0-9_]/g, '_')}`
  const values = words.map((word, i) => wholeNumber(name, word, i))
  if (fields.length > 0) {
    if (fields.length > values.length) {
      throw new Error(`sysctl ${name} has ${values.length} fields, not ${fields.length}`)
    }
    for (const [i, field] of fields.entries()) {
      if (field === '') continue
      page.add(untyped(`${metric}_${field}`, `sysctl ${name}, field ${i}`), values[i]!)
    }
    return
  }
  const family = untyped(metric, `sysctl ${name}`)
  const [only] = values
  if (values.length === 1 && only !== undefined) page.add(family, only)
  else for (const [i, value] of values.entries()) page.add(family, value, { index: String(i) })
}

function wholeNumber(name: string, word: string, field: number): number {
  if (/^[-+]?\d+$/.test(word)) return Number(word)
  throw new Error(`field ${field} in sysctl ${name} is not a valid int: ${JSON.stringify(word)}`)
}

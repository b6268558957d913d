// xfrm: packets that IPsec of the kernel could not transform.
// Source of names and texts: Documentation/networking/xfrm_proc.rst of Linux.

import { type BuildCollector, counter } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

const helpOf: Readonly<Record<string, string>> = {
  XfrmInError: 'All errors which is not matched others',
  XfrmInBufferError: 'No buffer is left',
  XfrmInHdrError: 'Header error',
  XfrmInNoStates:
    'No state is found i.e. Either inbound SPI, address, or IPsec protocol at SA is wrong',
  XfrmInStateProtoError: 'Transformation protocol specific error e.g. SA key is wrong',
  XfrmInStateModeError: 'Transformation mode specific error',
  XfrmInStateSeqError: 'Sequence error i.e. Sequence number is out of window',
  XfrmInStateExpired: 'State is expired',
  XfrmInStateMismatch: 'State has mismatch option e.g. UDP encapsulation type is mismatch',
  XfrmInStateInvalid: 'State is invalid',
  XfrmInTmplMismatch:
    'No matching template for states e.g. Inbound SAs are correct but SP rule is wrong',
  XfrmInNoPols: 'No policy is found for states e.g. Inbound SAs are correct but no SP is found',
  XfrmInPolBlock: 'Policy discards',
  XfrmInPolError: 'Policy error',
  XfrmOutError: 'All errors which is not matched others',
  XfrmOutBundleGenError: 'Bundle generation error',
  XfrmOutBundleCheckError: 'Bundle check error',
  XfrmOutNoStates: 'No state is found',
  XfrmOutStateProtoError: 'Transformation protocol specific error',
  XfrmOutStateModeError: 'Transformation mode specific error',
  XfrmOutStateSeqError: 'Sequence error i.e. Sequence number overflow',
  XfrmOutStateExpired: 'State is expired',
  XfrmOutPolBlock: 'Policy discards',
  XfrmOutPolDead: 'Policy is dead',
  XfrmOutPolError: 'Policy error',
  XfrmFwdHdrError: 'Forward routing of a packet is not allowed',
  XfrmOutStateInvalid: 'State is invalid, perhaps expired',
  XfrmAcquireError: 'State hasn’t been fully acquired before use',
}

export const xfrm: BuildCollector = ({ host }) => ({
  name: 'xfrm',
  async collect(page) {
    for (const line of linesOf(await host.read(host.proc('net/xfrm_stat')))) {
      const [key = '', value] = fieldsOf(line)
      const help = helpOf[key]
      if (help === undefined) continue
      const name = key.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
      page.add(counter(`node_${name}_packets_total`, help), numberOf(value))
    }
  },
})

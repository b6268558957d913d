import { expect, it } from 'vitest'
import { interrupts } from '../../../../../../src/components/prometheus/exporter/unix/collectors/interrupts.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('tells devices of numbered interrupts, and what others are', async () => {
  const text = `           CPU0       CPU1
 16:     328511     322879  IR-IO-APIC-fasteoi   ehci_hcd:usb1, mmc0
NMI:         47       5031   Non-maskable interrupts
ERR:          0
`
  expect(await samplesOf(interrupts, { 'proc/interrupts': text })).toEqual([
    'node_interrupts_total{cpu="0",devices="",info="Non-maskable interrupts",type="NMI"} 47',
    'node_interrupts_total{cpu="0",devices="ehci_hcd:usb1, mmc0",info="IR-IO-APIC-fasteoi",type="16"} 328511',
    'node_interrupts_total{cpu="1",devices="",info="Non-maskable interrupts",type="NMI"} 5031',
    'node_interrupts_total{cpu="1",devices="ehci_hcd:usb1, mmc0",info="IR-IO-APIC-fasteoi",type="16"} 322879',
  ])
})

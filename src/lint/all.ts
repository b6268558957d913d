// Every lint, in the order of their codes.

import { contradictingLimits } from './contradicting_limits.ts'
import { credentialsOverHttp } from './credentials_over_http.ts'
import { deprecatedArgument } from './deprecated_argument.ts'
import { duplicateListener } from './duplicate_listener.ts'
import { duplicateReceiver } from './duplicate_receiver.ts'
import { duplicateTarget } from './duplicate_target.ts'
import { emptyForwardTo } from './empty_forward_to.ts'
import { emptyTargets } from './empty_targets.ts'
import { federateLabels } from './federate_labels.ts'
import { goTemplate } from './go_template.ts'
import { highCardinalityLabel } from './high_cardinality_label.ts'
import { ineffectiveArgument } from './ineffective_argument.ts'
import { insecureTls } from './insecure_tls.ts'
import { jmespath } from './jmespath.ts'
import type { Lint } from './lint.ts'
import { logqlSelector } from './logql_selector.ts'
import { memoryLimiterLate } from './memory_limiter_late.ts'
import { metaLabelLost } from './meta_label_lost.ts'
import { plainTextSecret } from './plain_text_secret.ts'
import { publicSecretFile } from './public_secret_file.ts'
import { regexHalfAnchored } from './regex_half_anchored.ts'
import { regexMatchesEverything } from './regex_matches_everything.ts'
import { regexMatchesNothing } from './regex_matches_nothing.ts'
import { regexUnanchored } from './regex_unanchored.ts'
import { replacementGroup } from './replacement_group.ts'
import { unknownDisable } from './unknown_disable.ts'
import { unreachableRule } from './unreachable_rule.ts'
import { unusedArgument } from './unused_argument.ts'
import { unusedComponent } from './unused_component.ts'
import { unusedDeclare } from './unused_declare.ts'
import { unusedImport } from './unused_import.ts'
import { urlPushPath } from './url_push_path.ts'
import { urlScheme } from './url_scheme.ts'

const own: readonly Lint[] = [
  contradictingLimits,
  credentialsOverHttp,
  deprecatedArgument,
  duplicateListener,
  duplicateReceiver,
  duplicateTarget,
  emptyForwardTo,
  emptyTargets,
  federateLabels,
  goTemplate,
  highCardinalityLabel,
  ineffectiveArgument,
  insecureTls,
  jmespath,
  logqlSelector,
  memoryLimiterLate,
  metaLabelLost,
  plainTextSecret,
  publicSecretFile,
  regexHalfAnchored,
  regexMatchesEverything,
  regexMatchesNothing,
  regexUnanchored,
  replacementGroup,
  unreachableRule,
  unusedArgument,
  unusedComponent,
  unusedDeclare,
  unusedImport,
  urlPushPath,
  urlScheme,
]

export const lints: readonly Lint[] = [
  ...own,
  unknownDisable([...own.map(({ code }) => code), 'unknown-disable']),
]

import { listEventsRoute, sendEventsRoute } from './events/events.ts'
import {
  addSourceRoute,
  getSourceRoute,
  listSourcesRoute,
  removeSourceRoute,
  syncSourceRoute,
} from './events/sources.ts'
import {
  listAuditRoute,
  recomputeRoute,
  rejectionsRoute,
  reviewersRoute,
  verifyAuditRoute,
} from './exceptions/audit.ts'
import { killSwitchRoute, listAutonomyRoute, listKillSwitchesRoute, setAutonomyRoute } from './exceptions/authority.ts'
import {
  caseTimelineRoute,
  getCaseRoute,
  listCasesRoute,
  listIncidentsRoute,
  reportExceptionRoute,
} from './exceptions/cases.ts'
import { decideCaseRoute, decideManyRoute, undoActionRoute } from './exceptions/decisions.ts'
import {
  getPolicyRoute,
  policyVersionsRoute,
  putPolicyRoute,
  replayPolicyRoute,
  rollBackPolicyRoute,
} from './exceptions/policy.ts'
import { documentDifferenceRoute } from './knowledge/document-difference.ts'
import {
  deleteDocumentRoute,
  documentVersionRoute,
  getDocumentRoute,
  listDocumentsRoute,
  putDocumentRoute,
  restoreDocumentRoute,
} from './knowledge/documents.ts'
import { attributesRoute, findingsRoute } from './knowledge/findings.ts'
import { askGapRoute, dismissGapRoute, gapsRoute, previewRoute } from './knowledge/gaps.ts'
import {
  affectedAnswersRoute,
  cancelImportRoute,
  getImportRoute,
  importErrorsRoute,
  listImportsRoute,
  rejectedRowsRoute,
  startImportRoute,
} from './knowledge/imports.ts'
import { freshnessRoute, limitRoute, searchRoute } from './knowledge/search.ts'
import { listFeedbackRoute } from './operations/feedback.ts'
import {
  claimHandoffRoute,
  getHandoffRoute,
  listHandoffsRoute,
  replyToHandoffRoute,
  resolveHandoffRoute,
  returnHandoffRoute,
} from './operations/handoffs.ts'
import { createKeyRoute, listKeysRoute, revokeKeyRoute } from './operations/keys.ts'
import { liveRoute } from './operations/live.ts'
import {
  addOperatorRoute,
  currentSessionRoute,
  listOperatorsRoute,
  removeOperatorRoute,
  signInLinkRoute,
  signInRoute,
  signOutRoute,
} from './operations/operators.ts'
import { getShopRoute, putShopRoute } from './operations/shop.ts'
import { PAGE_ROUTES } from './pages.ts'
import {
  askForPersonRoute,
  askRoute,
  conversationEventsRoute,
  feedbackRoute,
  openConversationRoute,
  seenRoute,
  stopRoute,
  transcriptRoute,
} from './shoppers/conversations.ts'
import { challengeRoute, eraseMyDataRoute, exportMyDataRoute, solveChallengeRoute } from './shoppers/identity.ts'
import { openSessionRoute } from './shoppers/sessions.ts'
import { widgetConfigRoute } from './shoppers/widget-config.ts'
import { docsRoute, healthRoute, metricsRoute, openApiRoute, readyRoute } from './system.ts'

/** Every endpoint there is, in the order they are documented. */
export const ENDPOINTS = [
  widgetConfigRoute,
  openSessionRoute,
  openConversationRoute,
  transcriptRoute,
  seenRoute,
  conversationEventsRoute,
  askRoute,
  stopRoute,
  askForPersonRoute,
  feedbackRoute,
  challengeRoute,
  solveChallengeRoute,
  exportMyDataRoute,
  eraseMyDataRoute,
  putDocumentRoute,
  getDocumentRoute,
  documentVersionRoute,
  documentDifferenceRoute,
  restoreDocumentRoute,
  deleteDocumentRoute,
  listDocumentsRoute,
  startImportRoute,
  getImportRoute,
  importErrorsRoute,
  listImportsRoute,
  rejectedRowsRoute,
  affectedAnswersRoute,
  cancelImportRoute,
  searchRoute,
  freshnessRoute,
  limitRoute,
  findingsRoute,
  attributesRoute,
  gapsRoute,
  askGapRoute,
  dismissGapRoute,
  previewRoute,
  addSourceRoute,
  listSourcesRoute,
  getSourceRoute,
  syncSourceRoute,
  removeSourceRoute,
  sendEventsRoute,
  listEventsRoute,
  reportExceptionRoute,
  listCasesRoute,
  getCaseRoute,
  caseTimelineRoute,
  recomputeRoute,
  decideCaseRoute,
  decideManyRoute,
  undoActionRoute,
  listIncidentsRoute,
  getPolicyRoute,
  putPolicyRoute,
  policyVersionsRoute,
  rollBackPolicyRoute,
  replayPolicyRoute,
  listAutonomyRoute,
  setAutonomyRoute,
  listKillSwitchesRoute,
  killSwitchRoute,
  listAuditRoute,
  verifyAuditRoute,
  rejectionsRoute,
  reviewersRoute,
  listFeedbackRoute,
  createKeyRoute,
  listKeysRoute,
  revokeKeyRoute,
  listHandoffsRoute,
  getHandoffRoute,
  claimHandoffRoute,
  replyToHandoffRoute,
  returnHandoffRoute,
  resolveHandoffRoute,
  liveRoute,
  signInRoute,
  currentSessionRoute,
  signOutRoute,
  listOperatorsRoute,
  addOperatorRoute,
  signInLinkRoute,
  removeOperatorRoute,
  getShopRoute,
  putShopRoute,
  healthRoute,
  readyRoute,
  metricsRoute,
  openApiRoute,
  docsRoute,
  ...PAGE_ROUTES,
]

import { deleteDocumentRoute, getDocumentRoute, listDocumentsRoute, putDocumentRoute } from './knowledge/documents.ts'
import { gapsRoute } from './knowledge/gaps.ts'
import { cancelImportRoute, getImportRoute, importErrorsRoute, startImportRoute } from './knowledge/imports.ts'
import { freshnessRoute, searchRoute } from './knowledge/search.ts'
import { createKeyRoute, listHandoffsRoute, listKeysRoute, revokeKeyRoute } from './operations/keys.ts'
import {
  askForPersonRoute,
  askRoute,
  conversationEventsRoute,
  feedbackRoute,
  openConversationRoute,
  transcriptRoute,
} from './shoppers/conversations.ts'
import { challengeRoute, eraseMyDataRoute, exportMyDataRoute, solveChallengeRoute } from './shoppers/identity.ts'
import { openSessionRoute } from './shoppers/sessions.ts'
import { docsRoute, healthRoute, metricsRoute, openApiRoute, readyRoute } from './system.ts'

/** Every endpoint there is, in the order they are documented. */
export const ENDPOINTS = [
  openSessionRoute,
  openConversationRoute,
  transcriptRoute,
  conversationEventsRoute,
  askRoute,
  askForPersonRoute,
  feedbackRoute,
  challengeRoute,
  solveChallengeRoute,
  exportMyDataRoute,
  eraseMyDataRoute,
  putDocumentRoute,
  getDocumentRoute,
  deleteDocumentRoute,
  listDocumentsRoute,
  startImportRoute,
  getImportRoute,
  importErrorsRoute,
  cancelImportRoute,
  searchRoute,
  freshnessRoute,
  gapsRoute,
  createKeyRoute,
  listKeysRoute,
  revokeKeyRoute,
  listHandoffsRoute,
  healthRoute,
  readyRoute,
  metricsRoute,
  openApiRoute,
  docsRoute,
]

import {
  askForPersonRoute,
  askRoute,
  conversationEventsRoute,
  feedbackRoute,
  openConversationRoute,
  transcriptRoute,
} from './conversations.ts'
import { deleteDocumentRoute, getDocumentRoute, listDocumentsRoute, putDocumentRoute } from './documents.ts'
import { gapsRoute } from './gaps.ts'
import { challengeRoute, eraseMyDataRoute, exportMyDataRoute, solveChallengeRoute } from './identity.ts'
import { cancelImportRoute, getImportRoute, importErrorsRoute, startImportRoute } from './imports.ts'
import { createKeyRoute, listHandoffsRoute, listKeysRoute, revokeKeyRoute } from './operations.ts'
import { freshnessRoute, searchRoute } from './search.ts'
import { openSessionRoute } from './sessions.ts'
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

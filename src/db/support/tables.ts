export type SupportTables = {}

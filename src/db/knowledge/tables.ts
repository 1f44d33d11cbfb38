export type KnowledgeTables = {}

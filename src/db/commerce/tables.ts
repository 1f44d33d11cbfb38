export type CommerceTables = {}

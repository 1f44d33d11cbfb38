export type { Audit, AuditEntry, AuditPage, AuditVerdict } from '#db/approvals/audit/audit.port.ts'

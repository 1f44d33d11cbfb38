/**
 * Keeps the ONNX runtime from collecting usage data: from 1.29 on its Linux builds do so unless this variable is set before
 * the library is loaded (github.com/microsoft/onnxruntime, docs/Privacy.md and pull request 27379). Written into the real
 * environment of the process, since the library asks the C library for it and a worker thread has only a copy.
 */
export function declineNativeTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1'
}

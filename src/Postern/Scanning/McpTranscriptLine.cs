using Postern.Program.Judging;

namespace Postern.Program.Scanning;

/// <summary>One message of a recorded session.</summary>
/// <param name="Number">Its line, from 1.</param>
/// <param name="Method">Its method, or that of the request it answers; empty when unknown.</param>
/// <param name="Verdict">What would have been done.</param>
internal sealed record McpTranscriptLine(long Number, string Method, OfflineVerdict Verdict);

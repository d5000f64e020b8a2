namespace Postern.Transports.Http.Scan;

/// <summary>One inspection as its answer names it.</summary>
/// <param name="ScanId">The exchange in the evidence, as <c>scan-</c> and 16 hex digits.</param>
/// <param name="Duration">From the read body to the ruling, evidence included.</param>
/// <param name="EngineVersion">Version of the program.</param>
internal readonly record struct ScanRun(string ScanId, TimeSpan Duration, string EngineVersion);

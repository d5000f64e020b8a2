using Postern.Engine.Inspection;
using Postern.Engine.Policy;

namespace Postern.Transports.Http.Scan;

/// <summary>What the Scan API is made of. Nothing is optional.</summary>
/// <param name="Inspector">The checkpoint, the same one that traffic passes.</param>
/// <param name="Policies">The policy in force.</param>
/// <param name="EngineVersion">Version of the program, as answers name it.</param>
/// <param name="Time">The clock.</param>
public sealed record ScanParts(Inspector Inspector, PolicyHolder Policies, string EngineVersion, TimeProvider Time);

using Postern.Engine.Configuration;
using Postern.Engine.Policy;

namespace Postern.Program;

/// <summary>A configuration that was read and compiled.</summary>
/// <param name="Path">The file; null when none exists and the defaults apply.</param>
/// <param name="Config">What it says; defaults resolved, paths absolute.</param>
/// <param name="Policy">What follows from it.</param>
/// <param name="Hash">Its canonical hash.</param>
/// <param name="Warnings">What is allowed but probably not meant.</param>
internal sealed record LoadedConfig(string? Path, PosternConfig Config, SecurityPolicy Policy, string Hash, IReadOnlyList<ConfigIssue> Warnings);

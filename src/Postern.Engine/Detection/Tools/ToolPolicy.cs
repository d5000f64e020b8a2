using Postern.Engine.Detection.Tools.Own;

namespace Postern.Engine.Detection.Tools;

/// <summary>What is asked of every call of a tool.</summary>
/// <param name="BuiltIn">The rules that come with Postern; null when they do not run.</param>
/// <param name="Own">The configuration's rules.</param>
/// <param name="Names">The configuration's lists.</param>
internal sealed record ToolPolicy(ToolRules? BuiltIn, OwnToolRule[] Own, ToolNames Names);

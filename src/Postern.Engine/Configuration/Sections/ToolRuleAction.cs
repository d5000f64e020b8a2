namespace Postern.Engine.Configuration.Sections;

/// <summary>What a rule of your own about calls does. Zero is the strictest.</summary>
public enum ToolRuleAction : byte
{
    /// <summary>The call is refused.</summary>
    Block,

    /// <summary>The call is refused, and the output of a program of yours stands in for its result.</summary>
    Redirect,

    /// <summary>A person decides; without a yes the call is refused.</summary>
    Ask,

    /// <summary>The call is recorded and passes.</summary>
    Warn,
}

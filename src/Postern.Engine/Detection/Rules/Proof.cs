namespace Postern.Engine.Detection.Rules;

/// <summary>What a matcher knows beyond the shape of a match.</summary>
internal enum Proof : byte
{
    /// <summary>There was nothing to prove.</summary>
    None,

    /// <summary>An offline check passed: the finding is certain.</summary>
    Passed,

    /// <summary>The check failed, and the rule asks to report that with less confidence.</summary>
    Failed,

    /// <summary>A guess by context; gives way to every other match at the same place.</summary>
    Generic,
}

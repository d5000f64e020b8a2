namespace Postern.Engine.Policy;

/// <summary>What is done about the lists of servers, and about calls that they do not name.</summary>
internal sealed record DefinitionSettings
{
    /// <summary>True to compare and pin definitions.</summary>
    public bool Scans { get; init; }

    /// <summary>True when a changed definition is recorded and becomes the pin.</summary>
    public bool TrustsChanges { get; init; }

    /// <summary>True to compare calls with lists.</summary>
    public bool BindsCalls { get; init; }

    /// <summary>True when a call of a tool that was never listed is refused.</summary>
    public bool RefusesUnlisted { get; init; }

    /// <summary>True when a call before any list is refused.</summary>
    public bool RefusesWithoutList { get; init; }
}

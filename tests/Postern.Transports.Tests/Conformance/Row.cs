namespace Postern.Transports.Tests.Conformance;

/// <summary>One transport of the suite.</summary>
/// <param name="Name">As the suite calls it.</param>
/// <param name="Can">What it can carry.</param>
/// <param name="Exchanges">The names under which its exchanges stand in the evidence.</param>
internal sealed record Row(string Name, Capability Can, params string[] Exchanges)
{
    /// <summary>Starts it.</summary>
    public required Func<Task<ISpeaker>> Start { get; init; }

    /// <summary>Records that must be kept before the first text of a conversation is out.</summary>
    public required int Records { get; init; }

    /// <summary>Records that must be kept before the far end hears anything.</summary>
    public required int RecordsBefore { get; init; }
}

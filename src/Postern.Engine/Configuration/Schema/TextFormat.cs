namespace Postern.Engine.Configuration.Schema;

/// <summary>What a text must look like.</summary>
/// <param name="Name">For people, for example <c>domain</c>.</param>
/// <param name="Example">One that is accepted.</param>
/// <param name="Check">Checks and canonicalises.</param>
internal sealed record TextFormat(string Name, string Example, Func<string, TextCheck> Check)
{
    /// <summary>True when the first text, as a list entry, includes everything the second stands for.</summary>
    public Func<string, string, bool> Covers { get; init; } = static (wide, narrow) => wide == narrow;

    /// <summary>How exposed the text is, for listen addresses; 0 otherwise.</summary>
    public Func<string, double> Exposure { get; init; } = static _ => 0;
}

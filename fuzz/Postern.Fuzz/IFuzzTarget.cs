namespace Postern.Fuzz;

/// <summary>One reader that takes what strangers send.</summary>
internal interface IFuzzTarget
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>What mutation begins with.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Runs the reader; throws when an invariant does not hold, or whatever the reader throws.</summary>
    void Run(ReadOnlySpan<byte> input);
}

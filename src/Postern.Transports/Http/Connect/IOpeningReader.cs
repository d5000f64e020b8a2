namespace Postern.Transports.Http.Connect;

/// <summary>Reads what a client says at the beginning, sans I/O.</summary>
internal interface IOpeningReader
{
    /// <summary>Reads; false when more is needed.</summary>
    /// <param name="bytes">Everything that is there.</param>
    bool TryRead(ReadOnlySpan<byte> bytes);

    /// <summary>Bytes that were read; means nothing where they are not sound.</summary>
    int Length { get; }

    /// <summary>True as long as nothing is wrong with what was read.</summary>
    bool IsSound { get; }
}

namespace Postern.Engine.Detection.Matching;

/// <summary>
/// One byte string to look for: 2 to 64 bytes. <paramref name="IgnoreCase"/> folds ASCII letters only. Several literals
/// may share an id, and several ids may share the same bytes: each is reported.
/// </summary>
internal readonly record struct Literal(int Id, ReadOnlyMemory<byte> Bytes, bool IgnoreCase)
{
    /// <summary>The shortest literal: one byte would be a hit at nearly every position.</summary>
    public const int MinBytes = 2;

    /// <summary>The longest literal: hits wait in order for at most this many bytes.</summary>
    public const int MaxBytes = 64;
}

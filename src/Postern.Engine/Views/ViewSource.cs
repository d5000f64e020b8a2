using Postern.Engine.Flow;

namespace Postern.Engine.Views;

/// <summary>The part to be viewed: its bytes, and what its adapter knows about how to read them.</summary>
public readonly ref struct ViewSource
{
    /// <summary>The part's own bytes; they must stay unchanged during the walk.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>How a body is to be read; <see cref="ContentKind.Text"/> for every other part.</summary>
    public ContentKind Content { get; init; }

    /// <summary>What kind of part it is.</summary>
    public PartKind Part { get; init; }

    /// <summary>Which way the message travels.</summary>
    public Direction Direction { get; init; }

    /// <summary>The boundary parameter of a multipart body, without the leading hyphens; empty when there is none.</summary>
    public ReadOnlySpan<byte> Boundary { get; init; }

    /// <summary>In which coding a body's characters are written; null for UTF-8.</summary>
    public Charset? Charset { get; init; }

    /// <summary>
    /// True when the bytes are the whole part, so that containers are read strictly and malformed ones are reported;
    /// false for a window of a longer body, whose edges may cut anything.
    /// </summary>
    public bool Whole { get; init; }
}

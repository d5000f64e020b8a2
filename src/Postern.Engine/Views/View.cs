using Postern.Engine.Flow;

namespace Postern.Engine.Views;

/// <summary>A part after decoding and normalising. Lives only as long as the visit in which it was handed out.</summary>
public readonly ref struct View
{
    /// <summary>A view over <paramref name="bytes"/>, reached from the part by <paramref name="chain"/>.</summary>
    public View(ReadOnlySpan<byte> bytes, ViewChain chain, PartKind part, Direction direction)
    {
        Bytes = bytes;
        Chain = chain;
        Part = part;
        Direction = direction;
        Shows = ViewShows.All;
    }

    /// <summary>The decoded bytes; valid only during the visit.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>How these bytes came about.</summary>
    public ViewChain Chain { get; }

    /// <summary>What kind of part they come from.</summary>
    public PartKind Part { get; }

    /// <summary>Which way the message travels.</summary>
    public Direction Direction { get; }

    /// <summary>How long the part is that this is a view of, in bytes; the view's own length when nobody says.</summary>
    public int PartLength { get => field == 0 ? Bytes.Length : field; init; }

    /// <summary>What may stand here and in no other view of the part; everything unless the walk says otherwise.</summary>
    internal ViewShows Shows { get; init; }

    /// <summary>Where this text differs from one of which the same was shown before; null when it must be read whole.</summary>
    internal TouchMarks? Differs { get; init; }
}

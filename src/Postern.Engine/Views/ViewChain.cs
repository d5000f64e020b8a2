namespace Postern.Engine.Views;

/// <summary>The decodings that produced a view, oldest first; at most eight, packed into one word.</summary>
public readonly record struct ViewChain(ulong Packed)
{
    /// <summary>The longest chain; deeper nesting is reported as a shortfall.</summary>
    public const int MaxDepth = 8;

    /// <summary>The bytes as they are.</summary>
    public static ViewChain Raw => default;

    /// <summary>How many decodings led here.</summary>
    public int Depth => (64 - System.Numerics.BitOperations.LeadingZeroCount(Packed) + 7) / 8;

    /// <summary>The decoding at <paramref name="index"/>, 0 being the first that was applied.</summary>
    public Decoding this[int index] => (Decoding)(byte)(Packed >> ((Depth - 1 - index) * 8));

    /// <summary>The chain with one more decoding; the caller checks <see cref="MaxDepth"/> first.</summary>
    public ViewChain Then(Decoding step) => new((Packed << 8) | (byte)step);

    /// <summary>The chain as evidence and answers name it, for example <c>raw&gt;base64&gt;fold</c>.</summary>
    public override string ToString()
    {
        var text = new System.Text.StringBuilder("raw");
        for (var i = 0; i < Depth; i++)
        {
            text.Append('>').Append(EnumWords<Decoding>.Of(this[i]));
        }

        return text.ToString();
    }
}

using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Detection.Shapes;

/// <summary>One element of a shape; matches at one place in at most one way, so a shape never backtracks.</summary>
internal sealed class ShapeElement
{
    /// <summary>The longest run a rule can ask for.</summary>
    public const int MaxRun = 4096;

    public ShapeElementKind Kind { get; init; }

    /// <summary>The alternatives of a literal, longest first.</summary>
    public byte[][] Literals { get; init; } = [];

    public bool IgnoreCase { get; init; }

    public bool Optional { get; init; }

    public Alphabet Alphabet { get; init; }

    /// <summary>The value conditions are about this run alone: the password of an address, not its host.</summary>
    public bool IsValue { get; init; }

    public int Min { get; init; }

    public int Max { get; init; }

    /// <summary>The end of this element when it stands at <paramref name="at"/>, else -1.</summary>
    public int MatchForward(ref ScanInput input, int at) => Kind switch
    {
        ShapeElementKind.Run => RunForward(ref input, at),
        ShapeElementKind.Break => LineBreak.Skip(input.Bytes, at) is var end && end - at < Min ? -1 : end,
        ShapeElementKind.Margin => LineBreak.SkipMargin(input.Bytes, at),
        _ => LiteralForward(in input, at),
    };

    /// <summary>The start of this element when it ends at <paramref name="end"/>, else -1.</summary>
    public int MatchBackward(ref ScanInput input, int end) => Kind switch
    {
        ShapeElementKind.Run => RunBackward(ref input, end),
        ShapeElementKind.Break or ShapeElementKind.Margin => -1,
        _ => LiteralBackward(in input, end),
    };

    private int RunForward(ref ScanInput input, int at)
    {
        var length = input.RunEnd(Alphabet, at, Max) - at;
        return length < Min ? -1 : at + length;
    }

    private int RunBackward(ref ScanInput input, int end)
    {
        var start = input.RunStart(Alphabet, end, Max);
        return end - start < Min ? -1 : start;
    }

    private int LiteralForward(in ScanInput input, int at)
    {
        foreach (var literal in Literals)
        {
            if (input.HasAt(at, literal, IgnoreCase))
            {
                return at + literal.Length;
            }
        }

        return Optional ? at : -1;
    }

    private int LiteralBackward(in ScanInput input, int end)
    {
        foreach (var literal in Literals)
        {
            if (input.HasAt(end - literal.Length, literal, IgnoreCase))
            {
                return end - literal.Length;
            }
        }

        return Optional ? end : -1;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write((byte)Kind);
        writer.Write((byte)((IgnoreCase ? 1 : 0) | (Optional ? 2 : 0) | (IsValue ? 4 : 0)));
        writer.WriteStrings(Literals);
        Alphabet.Write(writer);
        writer.Write((ushort)Min);
        writer.Write((ushort)Max);
    }

    public static ShapeElement Read(BinaryReader reader)
    {
        var kind = (ShapeElementKind)reader.ReadByte();
        var flags = reader.ReadByte();
        return new ShapeElement
        {
            Kind = kind,
            IgnoreCase = (flags & 1) != 0,
            Optional = (flags & 2) != 0,
            IsValue = (flags & 4) != 0,
            Literals = reader.ReadStrings(),
            Alphabet = Alphabet.Read(reader),
            Min = reader.ReadUInt16(),
            Max = reader.ReadUInt16(),
        };
    }
}

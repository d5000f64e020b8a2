namespace Postern.Engine.Detection.Matching;

/// <summary>Finds all occurrences of many literals in one pass: the plain version, one bucket per first byte.</summary>
internal sealed class LiteralMatcher
{
    private readonly Literal[] _literals;
    private readonly int[][] _byFirstByte = new int[256][];

    private LiteralMatcher(Literal[] literals)
    {
        _literals = literals;
        Array.Fill(_byFirstByte, []);
        for (var i = 0; i < literals.Length; i++)
        {
            var first = literals[i].Bytes.Span[0];
            Register(first, i);
            if (literals[i].IgnoreCase && char.IsAsciiLetter((char)first))
            {
                Register((byte)(first ^ 0x20), i);
            }
        }
    }

    public static LiteralMatcher Build(ReadOnlySpan<Literal> literals) => new(literals.ToArray());

    public static LiteralMatcher Read(BinaryReader reader)
    {
        var literals = new Literal[reader.ReadInt32()];
        for (var i = 0; i < literals.Length; i++)
        {
            literals[i] = new Literal(reader.ReadInt32(), reader.ReadBytes(reader.ReadUInt16()), reader.ReadBoolean());
        }

        return new LiteralMatcher(literals);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_literals.Length);
        foreach (var literal in _literals)
        {
            writer.Write(literal.Id);
            writer.Write((ushort)literal.Bytes.Length);
            writer.Write(literal.Bytes.Span);
            writer.Write(literal.IgnoreCase);
        }
    }

    public void Scan<TSink>(ReadOnlySpan<byte> text, ref TSink sink)
        where TSink : struct, ILiteralSink, allows ref struct
    {
        for (var at = 0; at < text.Length; at++)
        {
            foreach (var index in _byFirstByte[text[at]])
            {
                ref readonly var literal = ref _literals[index];
                if (StartsWith(text[at..], literal.Bytes.Span, literal.IgnoreCase))
                {
                    sink.Hit(literal.Id, at);
                }
            }
        }
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> literal, bool ignoreCase) =>
        text.Length >= literal.Length && (ignoreCase
            ? System.Text.Ascii.EqualsIgnoreCase(text[..literal.Length], literal) || text.StartsWith(literal)
            : text.StartsWith(literal));

    private void Register(byte first, int index) => _byFirstByte[first] = [.. _byFirstByte[first], index];
}

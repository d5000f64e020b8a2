using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Shapes.Checks;

namespace Postern.Engine.Detection.Shapes;

/// <summary>What must hold around a shape: its edges, an offline check, words nearby.</summary>
internal sealed record ShapeFrame
{
    public Edge Left { get; init; }

    public Edge Right { get; init; }

    public CheckKind Check { get; init; }

    /// <summary>Lower-case words of which one must stand close by; empty for none.</summary>
    public byte[][] Context { get; init; } = [];

    /// <summary>How close, in bytes on either side.</summary>
    public int Within { get; init; } = 64;

    /// <summary>What looking for the context counts for.</summary>
    public int ContextCost => Context.Length * Within * 2;

    /// <summary>What the check counts for; the dearest ones hash.</summary>
    public int CheckCost => Check == CheckKind.None ? 0 : 4096;

    /// <summary>True when no context is asked for, or one of its words stands close by.</summary>
    public bool InContext(ReadOnlySpan<byte> text, int start, int end)
    {
        if (Context.Length == 0)
        {
            return true;
        }

        var before = text[Math.Max(0, start - Within)..start];
        var after = text[end..Math.Min(text.Length, end + Within)];
        foreach (var word in Context)
        {
            if (Placeholder.Contains(before, word) || Placeholder.Contains(after, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the check says; <see cref="Proof.None"/> without one.</summary>
    public Proof Prove(ReadOnlySpan<byte> token, ReadOnlySpan<byte> body) =>
        Check == CheckKind.None ? Proof.None
        : CheckCatalogue.Passes(Check, token, body) ? Proof.Passed
        : Proof.Failed;

    public void Write(BinaryWriter writer)
    {
        writer.Write((byte)Left);
        writer.Write((byte)Right);
        writer.Write((byte)Check);
        writer.WriteStrings(Context);
        writer.Write((ushort)Within);
    }

    public static ShapeFrame Read(BinaryReader reader) => new()
    {
        Left = (Edge)reader.ReadByte(),
        Right = (Edge)reader.ReadByte(),
        Check = (CheckKind)reader.ReadByte(),
        Context = reader.ReadStrings(),
        Within = reader.ReadUInt16(),
    };
}

using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules;

/// <summary>One rule's interest in runs of an alphabet.</summary>
/// <param name="Rule">The rule's place in its set.</param>
/// <param name="Run">Which runs, and what its machine is told.</param>
internal readonly record struct RunUse(int Rule, RunAnchor Run)
{
    /// <summary>What the machine is told.</summary>
    public int Ordinal => Run.Ordinal;

    /// <summary>True when a run of this length is worth a call.</summary>
    public bool Wants(int length) => length >= Run.Min && length <= Run.Max;

    public void Write(BinaryWriter writer)
    {
        writer.Write((ushort)Rule);
        writer.Write((ushort)Run.Ordinal);
        writer.Write((ushort)Run.Min);
        writer.Write((ushort)Run.Max);
        Write(writer, Run.Before);
        Write(writer, Run.After);
    }

    /// <summary>Reads what <see cref="Write(BinaryWriter)"/> wrote for runs of <paramref name="alphabet"/>.</summary>
    public static RunUse Read(BinaryReader reader, Alphabet alphabet) =>
        new(reader.ReadUInt16(), new RunAnchor(reader.ReadUInt16(), alphabet, reader.ReadUInt16(), reader.ReadUInt16())
        {
            Before = ReadSet(reader),
            After = ReadSet(reader),
        });

    private static void Write(BinaryWriter writer, Alphabet? set)
    {
        writer.Write(set is not null);
        if (set is { } present)
        {
            present.Write(writer);
        }
    }

    private static Alphabet? ReadSet(BinaryReader reader) => reader.ReadBoolean() ? Alphabet.Read(reader) : null;
}

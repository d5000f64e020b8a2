using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Secrets;

/// <summary>What the value of an assignment looks like and where it stands.</summary>
internal sealed record AssignmentValue
{
    public AssignmentForm Form { get; init; }

    /// <summary>How many bytes after the word the value may begin, for <see cref="AssignmentForm.Near"/>.</summary>
    public int Near { get; init; }

    public Alphabet Alphabet { get; init; }

    public int Min { get; init; }

    public int Max { get; init; }

    public ValueConditions Conditions { get; init; } = new();

    public void Write(BinaryWriter writer)
    {
        writer.Write((byte)Form);
        writer.Write((ushort)Near);
        Alphabet.Write(writer);
        writer.Write((ushort)Min);
        writer.Write((ushort)Max);
        Conditions.Write(writer);
    }

    public static AssignmentValue Read(BinaryReader reader) => new()
    {
        Form = (AssignmentForm)reader.ReadByte(),
        Near = reader.ReadUInt16(),
        Alphabet = Alphabet.Read(reader),
        Min = reader.ReadUInt16(),
        Max = reader.ReadUInt16(),
        Conditions = ValueConditions.Read(reader),
    };
}

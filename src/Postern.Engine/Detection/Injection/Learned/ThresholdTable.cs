using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>Which score a false-alarm budget asks for, measured on benign documents that the model was not trained on.</summary>
/// <param name="Rows">From the most generous budget to the tightest.</param>
/// <param name="Documents">How many documents were scored.</param>
internal sealed record ThresholdTable(IReadOnlyList<ThresholdTable.Row> Rows, int Documents)
{
    /// <summary>The tightest budget that the calibration supports, as one document in so many.</summary>
    public int Tightest => Rows.Count == 0 ? 0 : Rows[^1].OneIn;

    /// <summary>The score from which text is an attack at a budget of one false alarm in <paramref name="oneIn"/> documents.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The calibration supports no such budget.</exception>
    public float For(int oneIn)
    {
        foreach (var row in Rows)
        {
            if (row.OneIn >= oneIn)
            {
                return row.Score;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(oneIn));
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Documents);
        writer.Write(Rows.Count);
        foreach (var row in Rows)
        {
            writer.Write(row.OneIn);
            writer.Write(row.Score);
        }
    }

    public static ThresholdTable Read(BinaryReader reader)
    {
        var documents = reader.ReadInt32();
        return new ThresholdTable(reader.ReadEach(reader.ReadInt32(), static from => new Row(from.ReadInt32(), from.ReadSingle())), documents);
    }

    /// <summary>One measured budget.</summary>
    /// <param name="OneIn">One false alarm in so many documents.</param>
    /// <param name="Score">The least score of an attack.</param>
    internal readonly record struct Row(int OneIn, float Score);
}

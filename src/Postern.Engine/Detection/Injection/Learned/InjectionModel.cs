using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>
/// A linear model over hashed features: small integers, one per bucket, added up over windows of words. Made by
/// <c>tools/Postern.Training</c>; the same bytes give the same score on every machine.
/// </summary>
internal sealed class InjectionModel
{
    /// <summary>Buckets are this power of two.</summary>
    public const int Bits = 19;

    private const uint Magic = 0x314D4A49;
    private static InjectionModel? s_builtIn;

    public InjectionModel(sbyte[] weights, ModelScale scale, Lexicon lexicon, ThresholdTable thresholds)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, 1 << Bits);
        Weights = weights;
        Scale = scale;
        Lexicon = lexicon;
        Thresholds = thresholds;
    }

    /// <summary>The built-in model, read on first use. Two threads may read it at once; both results are equal.</summary>
    public static InjectionModel BuiltIn => s_builtIn ??= Load();

    public sbyte[] Weights { get; }

    public ModelScale Scale { get; }

    public Lexicon Lexicon { get; }

    public ThresholdTable Thresholds { get; }

    /// <summary>Scores a folded text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="least">The score from which a window is kept.</param>
    /// <param name="found">Where windows are kept; overlapping ones as the best of them.</param>
    /// <param name="count">How many were.</param>
    /// <returns>The best score of any window.</returns>
    public float Score(ReadOnlySpan<byte> text, float least, Span<ScoredRange> found, out int count)
    {
        var walk = new FeatureWalk<ScoreSink>(text, Lexicon, new ScoreSink(this, least, found));
        walk.Run();
        var sink = walk.Sink;
        sink.Finish();
        count = sink.Count;
        return sink.Best;
    }

    /// <summary>What those features that are new weigh together.</summary>
    public int Sum(ReadOnlySpan<uint> features, ref RecentFeatures recent)
    {
        // There are as many weights as Bits can tell apart.
        ref var weights = ref MemoryMarshal.GetArrayDataReference(Weights);
        var sum = 0;
        foreach (var feature in features)
        {
            sum += Unsafe.Add(ref weights, feature >> (32 - Bits)) & recent.MaskOf(feature);
        }

        return sum;
    }

    /// <summary>Says by which kinds of words a text scores as it does.</summary>
    public string Explain(ReadOnlySpan<byte> text)
    {
        var walk = new FeatureWalk<ExplainSink>(text, Lexicon, new ExplainSink(this));
        walk.Run();
        return walk.Sink.Names();
    }

    private static InjectionModel Load()
    {
        using var stream = EmbeddedTable.Open("Postern.injection-model.bin");
        return Read(stream);
    }

    public static InjectionModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Bits)
        {
            throw new InvalidDataException("This is not an injection model of this version.");
        }

        var scale = new ModelScale(reader.ReadSingle(), reader.ReadSingle());
        var lexicon = Lexicon.Read(reader);
        var thresholds = ThresholdTable.Read(reader);
        var weights = new sbyte[1 << Bits];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        return new InjectionModel(weights, scale, lexicon, thresholds);
    }

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Bits);
        writer.Write(Scale.Step);
        writer.Write(Scale.Bias);
        Lexicon.Write(writer);
        Thresholds.Write(writer);
        writer.Write(MemoryMarshal.AsBytes(Weights.AsSpan()));
    }
}

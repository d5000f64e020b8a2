using System.Runtime.InteropServices;
using Postern.Engine.Detection.Injection.Learned;

namespace Postern.Training;

/// <summary>Keeps the features of a text, block by block.</summary>
internal struct BlockSink(List<int> features, List<int> ends) : IFeatureSink
{
    private int _tokens;

    public readonly int Tokens => _tokens;

    public static int TokensAtOnce => WindowSums.BlockTokens;

    public readonly void Add(scoped ReadOnlySpan<uint> met, ref RecentFeatures recent)
    {
        foreach (var feature in met)
        {
            if (recent.IsNew(feature))
            {
                features.Add((int)(feature >> (32 - InjectionModel.Bits)));
            }
        }
    }

    public readonly void Meet(byte kind)
    {
    }

    public void EndToken(int start, int end)
    {
        if (++_tokens % WindowSums.BlockTokens == 0)
        {
            ends.Add(features.Count);
        }
    }

    public readonly BlockedText Finish()
    {
        if (ends.Count == 0 || ends[^1] != features.Count)
        {
            ends.Add(features.Count);
        }

        return new BlockedText([.. CollectionsMarshal.AsSpan(features)], [.. CollectionsMarshal.AsSpan(ends)], _tokens);
    }
}

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>Hears the features of a text, token by token; the model adds their weights up, the training program keeps them.</summary>
internal interface IFeatureSink
{
    /// <summary>Tokens whose features are handed over together, at most <see cref="WindowSums.BlockTokens"/>; the rest at the end of the text.</summary>
    static abstract int TokensAtOnce { get; }

    /// <summary>The features of the last tokens, in the order in which they were met; those that are not new count for nothing; the last token has not ended yet, except at the end of the text.</summary>
    void Add(scoped ReadOnlySpan<uint> features, ref RecentFeatures recent);

    /// <summary>The token is of a kind of <see cref="Lexicon"/>.</summary>
    void Meet(byte kind);

    /// <summary>The token whose features were just heard, by its place in the text.</summary>
    void EndToken(int start, int end);
}

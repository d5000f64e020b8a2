namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>Hears the features of a text, token by token; the model adds their weights up, the training program keeps them.</summary>
internal interface IFeatureSink
{
    /// <summary>A feature of the token that is being read.</summary>
    void Add(uint feature);

    /// <summary>The token is of a kind of <see cref="Lexicon"/>.</summary>
    void Meet(byte kind);

    /// <summary>The token whose features were just heard, by its place in the text.</summary>
    void EndToken(int start, int end);
}

namespace Postern.Engine.Tests.Detection.Corpus;

/// <summary>One line of tests/corpus/injection.</summary>
internal sealed record CorpusRow(string Id, string Lang, string Label, string Half, string Family, string Text)
{
    public bool IsAttack => Label == "attack";
}

namespace Postern.Engine.Detection.Matching;

/// <summary>Takes the occurrences a scan finds, in ascending order of start, ties in ascending order of id.</summary>
internal interface ILiteralSink
{
    /// <summary>Literal <paramref name="literalId"/> stands in the text at byte offset <paramref name="start"/>.</summary>
    void Hit(int literalId, int start);
}

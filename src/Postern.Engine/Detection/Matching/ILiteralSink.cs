namespace Postern.Engine.Detection.Matching;

/// <summary>Hears of every occurrence of every literal, in ascending order of its start.</summary>
internal interface ILiteralSink
{
    /// <summary>The literal <paramref name="literalId"/> stands at <paramref name="start"/>.</summary>
    void Hit(int literalId, int start);
}

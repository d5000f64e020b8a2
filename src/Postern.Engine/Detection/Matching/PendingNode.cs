namespace Postern.Engine.Detection.Matching;

/// <summary>A pattern found but not yet reported, in the list of its start.</summary>
internal struct PendingNode
{
    /// <summary>Index of the pattern.</summary>
    public int Pattern;

    /// <summary>How many of its ids were handed out.</summary>
    public int Taken;

    /// <summary>The next node of the list, or -1.</summary>
    public int Next;
}

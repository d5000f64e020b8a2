namespace Postern.Training;

/// <summary>One labelled text.</summary>
/// <param name="Id">Its name in reports.</param>
/// <param name="Source">Where it comes from; sources weigh the same however many texts they have.</param>
/// <param name="Lang">Its language, as the source says.</param>
/// <param name="IsAttack">The label.</param>
/// <param name="Text">UTF-8.</param>
internal sealed record Sample(string Id, string Source, string Lang, bool IsAttack, byte[] Text)
{
    /// <summary>False for texts that are reported apart: attacks by their place or by courtesy of their source only.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>Texts of one cluster are rewordings of each other, and stand on one side of every split.</summary>
    public int Cluster { get; set; }

    /// <summary>True for texts that are never trained on.</summary>
    public bool IsHeld { get; init; }
}

namespace Postern.Engine.Views;

/// <summary>
/// What a view may show that no other view of its part does; a detector passes over the rest. A text is read for language once, however
/// many views repeat it.
/// </summary>
[Flags]
internal enum ViewShows : byte
{
    /// <summary>Nothing of its own.</summary>
    None = 0,

    /// <summary>Values: whatever stands alone, whole, or beside its name.</summary>
    Values = 1,

    /// <summary>Wordings that rules know, in whatever company.</summary>
    Wordings = 2,

    /// <summary>Language: sentences and lists of words.</summary>
    Language = 4,

    /// <summary>All of it.</summary>
    All = Values | Wordings | Language,
}

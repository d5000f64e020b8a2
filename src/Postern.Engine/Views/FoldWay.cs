namespace Postern.Engine.Views;

/// <summary>How a text is folded.</summary>
internal enum FoldWay
{
    /// <summary>All of it, for whoever reads language.</summary>
    Whole,

    /// <summary>All of it, invisible characters separating words instead of vanishing.</summary>
    Spaced,

    /// <summary>Only what changes, with its surroundings.</summary>
    ChangesOnly,
}
